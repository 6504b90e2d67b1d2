import type { MessageView } from '@holdfast/contracts';
import { lazy, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { problemOf, queryClient, trpc } from '../api.ts';
import { reader as words } from '../messages/en/reader.ts';
import { Icon } from '../parts/icon.tsx';
import { LazyPart } from '../parts/lazy-part.tsx';
import { showSnack } from '../parts/snackbar.tsx';
import { frameDocument } from './frame-document.ts';
import { isMailLink } from './link-display.ts';
import { safeHtml } from './sanitise.ts';
import { watchFrame, type DoubtfulLink } from './watch-frame.ts';

const LinkQuestion = lazy(() =>
  import('./link-question.tsx').then((module) => ({ default: module.LinkQuestion })),
);

/** Before it is measured. Unit: px. */
const FIRST_HEIGHT = 240;

/** HTML of a stranger: sanitised again, in a frame without scripts, as high as its content so that nothing scrolls twice. */
export function HtmlBody(props: {
  readonly message: MessageView;
  /** Writes to an address here; absent where nothing can be written, and the phone's own program is what is left. */
  readonly onMailLink: ((href: string) => void) | undefined;
}) {
  const { message, onMailLink } = props;
  const followMail = useRef(onMailLink);
  useLayoutEffect(() => {
    followMail.current = onMailLink;
  });
  const [asked, setAsked] = useState(false);
  const [doubtful, setDoubtful] = useState<DoubtfulLink | null>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(FIRST_HEIGHT);
  const allowRemote = asked || message.pictures === 'always';
  const safe = useMemo(() => safeHtml(message, allowRemote), [message, allowRemote]);
  const document = useMemo(
    () => frameDocument(safe, location.origin, allowRemote),
    [safe, allowRemote],
  );
  // Before the next frame is drawn: after that it can be touched. For each document anew.
  useLayoutEffect(
    () =>
      frame.current === null
        ? undefined
        : watchFrame(frame.current, {
            onHeight: setHeight,
            onDoubt: setDoubtful,
            onMailLink: (href) => {
              followMail.current?.(href);
              return followMail.current !== undefined;
            },
          }),
    [document],
  );
  return (
    <>
      <Pictures message={message} isBlocked={safe.isBlocked} onShow={() => setAsked(true)} />
      <iframe
        ref={frame}
        className={safe.isPlain ? 'letter plain-letter' : 'letter'}
        title={words.frame}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={document}
        style={{ height: `${height}px` }}
      />
      {doubtful !== null && (
        <LazyPart fallback={null} isExtra>
          <LinkQuestion
            link={doubtful}
            onFollow={isMailLink(doubtful.href) ? onMailLink?.bind(null, doubtful.href) : undefined}
            onClose={() => setDoubtful(null)}
          />
        </LazyPart>
      )}
    </>
  );
}

/** What is not loaded and what was taken out; asking for it once, or always from a sender who is proved. */
function Pictures(props: {
  readonly message: MessageView;
  readonly isBlocked: boolean;
  readonly onShow: () => void;
}) {
  const { message, isBlocked, onShow } = props;
  const choose = useAlwaysShow(message.id);
  const address = message.from?.address ?? '';
  if (message.pictures === 'always') {
    return (
      <div className="remote">
        <Icon name="image" />
        <p>{words.shownAlways(address)}</p>
        <button type="button" className="btn" onClick={() => choose(false)}>
          {words.stopAlways}
        </button>
      </div>
    );
  }
  if (!isBlocked && message.trackers === 0) return null;
  return (
    <div className="remote">
      <Icon name="image" />
      <p>
        {isBlocked && words.remoteBlocked}{' '}
        {message.trackers > 0 && words.trackers(message.trackers)}
      </p>
      {isBlocked && (
        <div className="buttons">
          <button type="button" className="btn" onClick={onShow}>
            {words.showRemote}
          </button>
          {message.mayAlwaysShow && address !== '' && (
            <button type="button" className="btn" onClick={() => choose(true)}>
              <bdi>{words.alwaysShow(address)}</bdi>
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** Kept on the server for this person; every open message of the sender is asked for again. */
function useAlwaysShow(itemId: string): (always: boolean) => void {
  const change = useMutation(trpc.mailbox.alwaysShowPictures.mutationOptions());
  return (always) =>
    change.mutate(
      { itemId, always },
      {
        onSuccess: () => {
          void queryClient.invalidateQueries({ queryKey: trpc.mailbox.read.queryKey() });
        },
        onError: (error) => showSnack({ text: problemOf(error).message, tone: 'problem' }),
      },
    );
}

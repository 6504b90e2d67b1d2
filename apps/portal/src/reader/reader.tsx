import type { MessageView, PortalState } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { trpc } from '../api.ts';
import { beginDraft } from '../composer/draft-store.ts';
import { answer, forward } from '../composer/begin.ts';
import { useShortcuts } from '../keyboard.ts';
import {
  isMoveTarget,
  showAsRead,
  useMove,
  useSetFlagged,
  useSetRead,
} from '../mailbox/use-mailbox.ts';
import { en } from '../messages/en.ts';
import { goBack, navigate } from '../navigation.ts';
import { Icon } from '../parts/icon.tsx';
import { ProblemPage } from '../parts/problem.tsx';
import { showSnack } from '../parts/snackbar.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import type { ListPlace } from '../router.ts';
import { sizeText } from '../sizes.ts';
import { HtmlBody } from './html-body.tsx';
import { MessageHeader } from './message-header.tsx';
import { TextBody } from './text-body.tsx';
import './reader.css';

interface ReaderProps {
  readonly state: PortalState;
  /** Where it was opened from. */
  readonly place: ListPlace;
  readonly itemId: string;
}

export function Reader(props: ReaderProps) {
  const { place, itemId } = props;
  const message = useQuery(trpc.mailbox.read.queryOptions({ itemId }, { staleTime: 60_000 }));
  const close = (): void => goBack({ ...place, itemId: null });
  return (
    <article className="reader" aria-labelledby="message-heading">
      {message.isSuccess ? (
        <OpenMessage key={itemId} {...props} message={message.data} onClose={close} />
      ) : (
        <>
          <header className="bar">
            <BackButton place={place} onClose={close} />
          </header>
          <h1 className="visually-hidden" id="message-heading">
            {en.reader.frame}
          </h1>
          {message.isError ? (
            <ProblemPage error={message.error} onRetry={() => void message.refetch()} />
          ) : (
            <Skeleton rows={4} label={en.reader.loading} />
          )}
        </>
      )}
    </article>
  );
}

function BackButton(props: { readonly place: ListPlace; readonly onClose: () => void }) {
  const { place } = props;
  return (
    <button
      type="button"
      className="icon back"
      aria-label={en.reader.back(
        place.page === 'search' ? en.nav.search : en.folders[place.folder],
      )}
      onClick={props.onClose}
    >
      <Icon name="back" />
    </button>
  );
}

function OpenMessage(
  props: ReaderProps & { readonly message: MessageView; readonly onClose: () => void },
) {
  const { message, place } = props;
  const actions = useActions(props);
  useShownAsRead(message.id);
  // The focus follows the eye: to the message on a phone, where the list is covered.
  useEffect(() => document.getElementById('message-heading')?.focus({ preventScroll: true }), []);
  return (
    <>
      <header className="bar">
        <BackButton place={place} onClose={props.onClose} />
        <span className="spring" />
        {actions.flag !== undefined && (
          <button
            type="button"
            className={message.isFlagged ? 'icon flag' : 'icon'}
            aria-label={message.isFlagged ? en.reader.unflag : en.reader.flag}
            aria-pressed={message.isFlagged}
            onClick={actions.flag}
          >
            <Icon name="flag" />
          </button>
        )}
        {actions.markUnread !== undefined && (
          <button
            type="button"
            className="icon"
            aria-label={en.reader.markUnread}
            onClick={actions.markUnread}
          >
            <Icon name="mail" />
          </button>
        )}
        {actions.toInbox !== undefined && (
          <button type="button" className="btn" onClick={actions.toInbox}>
            <Icon name="inbox" />
            {message.folder === 'junk' ? en.reader.notJunk : en.reader.toInbox}
          </button>
        )}
        {actions.remove !== undefined && (
          <button
            type="button"
            className="icon"
            aria-label={en.reader.delete}
            onClick={actions.remove}
          >
            <Icon name="trash" />
          </button>
        )}
      </header>
      <div className="scroller message">
        <MessageHeader message={message} />
        <Deliveries message={message} />
        {message.html === null ? <TextBody text={message.text} /> : <HtmlBody message={message} />}
        <Attachments message={message} />
      </div>
      {actions.reply !== undefined && (
        <div className="actions">
          <button type="button" className="btn" onClick={actions.reply}>
            <Icon name="reply" />
            {en.reader.reply}
          </button>
          <button type="button" className="btn" onClick={actions.replyAll}>
            <Icon name="replyAll" />
            {en.reader.replyAll}
          </button>
          <button type="button" className="btn" onClick={actions.forward}>
            <Icon name="forward" />
            {en.reader.forward}
          </button>
        </div>
      )}
    </>
  );
}

/** The server has marked it when it handed it out; the list and the counts follow here. */
function useShownAsRead(itemId: string): void {
  useEffect(() => showAsRead(itemId), [itemId]);
}

/** What can be done with this message now; what cannot is absent. Read-only: nothing. */
function useActions(
  props: ReaderProps & { readonly message: MessageView; readonly onClose: () => void },
) {
  const { message, state, onClose } = props;
  const move = useMove();
  const setRead = useSetRead();
  const setFlagged = useSetFlagged();
  const user = state.user?.address ?? '';
  const mayWrite = state.access === 'open';

  const { folder } = message;
  const write = (content: ReturnType<typeof answer>): void =>
    navigate({ page: 'write', draftKey: beginDraft(user, content).key });
  const remove = (): void => {
    if (!isMoveTarget(folder)) return;
    onClose();
    move(message.id, folder, 'deleted');
  };
  const toInbox = (): void => {
    if (!isMoveTarget(folder)) return;
    onClose();
    move(message.id, folder, 'inbox');
  };
  const markUnread = (): void => {
    onClose();
    setRead.mutate({ itemIds: [message.id], isRead: false });
    showSnack({ text: en.actions.markedUnread });
  };
  const actions = {
    reply: () => write(answer(message, user, false)),
    replyAll: () => write(answer(message, user, true)),
    forward: () => write(forward(message)),
    flag: () => setFlagged.mutate({ itemIds: [message.id], isFlagged: !message.isFlagged }),
    remove: folder === 'inbox' || folder === 'archive' || folder === 'junk' ? remove : undefined,
    toInbox: folder === 'deleted' || folder === 'junk' ? toInbox : undefined,
    markUnread: folder === 'sent' ? undefined : markUnread,
  };
  const allowed: Partial<typeof actions> = mayWrite ? actions : {};
  useShortcuts({
    r: allowed.reply,
    a: allowed.replyAll,
    f: allowed.forward,
    '#': allowed.remove,
    u: onClose,
    Escape: onClose,
  });
  return allowed;
}

function Attachments({ message }: { readonly message: MessageView }) {
  const shownInside = new Set(
    message.html === null
      ? []
      : message.parts.filter((part) => part.inline && part.contentId !== null),
  );
  const parts = message.parts.filter((part) => !shownInside.has(part));
  if (parts.length === 0) return null;
  return (
    <section className="attachments" aria-labelledby="attachments-heading">
      <h2 id="attachments-heading">{en.reader.attachments(parts.length)}</h2>
      <ul>
        {parts.map((part) => (
          <li key={part.index}>
            <a href={part.href} download={part.fileName}>
              <Icon name="clip" />
              <span className="visually-hidden">{en.reader.download}</span>
              <bdi>{part.fileName}</bdi>
              <span className="num">{sizeText(part.size)}</span>
              <Icon name="download" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const DELIVERY_DOTS: Readonly<Record<string, string>> = {
  delivered: 'good',
  bounced: 'problem',
  discarded: 'problem',
  deferred: 'attention',
  held: 'attention',
};

function Deliveries({ message }: { readonly message: MessageView }) {
  if (message.deliveries.length === 0) return null;
  return (
    <section className="deliveries" aria-labelledby="deliveries-heading">
      <h2 id="deliveries-heading">{en.reader.deliveries}</h2>
      <ul>
        {message.deliveries.map((delivery) => (
          <li key={delivery.recipient}>
            <i className={`dot ${DELIVERY_DOTS[delivery.state.split('.')[0] ?? ''] ?? 'hollow'}`} />
            <bdi>{delivery.recipient}</bdi>
            <span>{delivery.words}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

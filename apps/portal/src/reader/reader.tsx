import type { MessageView, PortalState } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { lazy, useEffect, useLayoutEffect } from 'react';
import { trpc } from '../api.ts';
import type { DraftContent } from '../drafts/draft.ts';
import { beginDraft } from '../drafts/draft-store.ts';
import { useShortcuts } from '../keyboard.ts';
import {
  isMoveTarget,
  markFlagged,
  markRead,
  moveRows,
  showAsRead,
} from '../mailbox/mail-actions.ts';
import { en } from '../messages/en.ts';
import { reader as words } from '../messages/en/reader.ts';
import { goBack, navigate } from '../navigation.ts';
import { mayWrite } from '../session/may-write.ts';
import { Icon } from '../parts/icon.tsx';
import { LazyPart } from '../parts/lazy-part.tsx';
import { ProblemPage } from '../parts/problem.tsx';
import { showSnack } from '../parts/snackbar.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import type { ListPlace } from '../router.ts';
import { Attachments } from './attachments.tsx';
import { Conversation } from './conversation.tsx';
import { Deliveries } from './deliveries.tsx';
import { HtmlBody } from './html-body.tsx';
import { MessageHeader } from './message-header.tsx';
import { MoreMenu } from './more-menu.tsx';
import { ReportCard } from './report-card.tsx';
import { TextBody } from './text-body.tsx';
import './reader.css';

const InvitationCard = lazy(() =>
  import('./invitation-card.tsx').then((module) => ({ default: module.InvitationCard })),
);

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
  useShortcuts({ u: close, Escape: close });
  // Kept on the device it is shown also when asking for it again fails.
  const open = message.data === undefined ? null : { ...props, message: message.data, close };
  return (
    <article className="reader" aria-labelledby="message-heading">
      {/* The same before and after the message is there: a touch on Back may begin before and end after. */}
      <header className="bar">
        <BackButton place={place} onClose={close} />
        {open !== null && <MessageTools {...open} />}
      </header>
      {open !== null ? (
        <OpenMessage key={itemId} {...open} />
      ) : (
        <>
          <h1 className="visually-hidden" id="message-heading">
            {words.frame}
          </h1>
          {message.isError ? (
            <ProblemPage error={message.error} onRetry={() => void message.refetch()} />
          ) : (
            <Skeleton rows={4} label={en.readerPane.loading} />
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
      aria-label={words.back(place.page === 'search' ? en.nav.search : en.folders[place.folder])}
      onClick={props.onClose}
    >
      <Icon name="back" />
    </button>
  );
}

interface OpenMessageProps extends ReaderProps {
  readonly message: MessageView;
  readonly close: () => void;
}

function MessageTools(props: OpenMessageProps) {
  const { message } = props;
  const actions = actionsOf(props);
  return (
    <>
      <span className="spring" />
      {actions.flag !== undefined && (
        <button
          type="button"
          className={message.isFlagged ? 'icon flag' : 'icon'}
          aria-label={message.isFlagged ? words.unflag : words.flag}
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
          aria-label={words.markUnread}
          onClick={actions.markUnread}
        >
          <Icon name="mail" />
        </button>
      )}
      {actions.toInbox !== undefined && (
        <button type="button" className="btn" onClick={actions.toInbox}>
          <Icon name="inbox" />
          {message.folder === 'junk' ? words.notJunk : words.toInbox}
        </button>
      )}
      {actions.archive !== undefined && (
        <button type="button" className="icon" aria-label={words.archive} onClick={actions.archive}>
          <Icon name="archive" />
        </button>
      )}
      {actions.remove !== undefined && (
        <button type="button" className="icon" aria-label={words.delete} onClick={actions.remove}>
          <Icon name="trash" />
        </button>
      )}
      <MoreMenu message={message} />
    </>
  );
}

function OpenMessage(props: OpenMessageProps) {
  const { message, place } = props;
  const actions = actionsOf(props);
  useShownAsRead(message.id);
  useEffect(() => void loadWriting().catch(() => undefined), []);
  useShortcuts({
    r: actions.reply,
    a: actions.replyAll,
    f: actions.forward,
    e: actions.archive,
    '#': actions.remove,
  });
  // The focus follows the eye: to the message on a phone, where the list is covered.
  useLayoutEffect(
    () => document.getElementById('message-heading')?.focus({ preventScroll: true }),
    [],
  );
  return (
    <>
      <div className="scroller message">
        <Conversation message={message} place={place} />
        <MessageHeader message={message} />
        <Deliveries message={message} onCorrect={actions.correct} />
        <ReportCard message={message} />
        {message.invitation !== null && (
          <LazyPart isExtra fallback={<Skeleton rows={4} label={words.loadingInvitation} />}>
            <InvitationCard invitation={message.invitation} />
          </LazyPart>
        )}
        {message.html === null ? (
          <TextBody message={message} onMailLink={actions.writeTo} />
        ) : (
          <HtmlBody message={message} onMailLink={actions.writeTo} />
        )}
        <Attachments message={message} />
      </div>
      {actions.reply !== undefined && (
        <div className="actions">
          <button type="button" className="btn" onClick={actions.reply}>
            <Icon name="reply" />
            {words.reply}
          </button>
          <button type="button" className="btn" onClick={actions.replyAll}>
            <Icon name="replyAll" />
            {words.replyAll}
          </button>
          <button type="button" className="btn" onClick={actions.forward}>
            <Icon name="forward" />
            {words.forward}
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

type Writing = typeof import('../composer/begin.ts');

/** Behind the message: nothing of it is needed to read. */
function loadWriting(): Promise<Writing> {
  return import('../composer/begin.ts');
}

/** What can be done with this message now; what cannot is absent. Read-only: nothing. */
function actionsOf({ message, state, close }: OpenMessageProps) {
  const user = state.user?.address ?? '';
  const own = [user, ...(state.user?.otherAddresses ?? [])];

  const { folder } = message;
  const write = (content: (begin: Writing) => DraftContent): void =>
    void loadWriting().then(
      (begin) => navigate({ page: 'write', draftKey: beginDraft(user, content(begin)).key }),
      () => showSnack({ text: en.problems.partMissing, tone: 'problem' }),
    );
  const moveTo = (to: 'inbox' | 'archive' | 'deleted') => (): void => {
    close();
    moveRows([message], to);
  };
  const markUnread = (): void => {
    close();
    markRead([{ ...message, isRead: true }], false);
  };
  const stays = !isMoveTarget(folder);
  const writing = {
    reply: () => write(({ answer }) => answer(message, own, false)),
    replyAll: () => write(({ answer }) => answer(message, own, true)),
    forward: () => write(({ forward }) => forward(message)),
    writeTo: (href: string) => write(({ fromMailLink }) => fromMailLink(href)),
    correct: (recipient: string) => write(({ sendAgain }) => sendAgain(message, recipient)),
  };
  const changing = {
    flag: () => markFlagged([message], !message.isFlagged),
    archive: folder === 'inbox' ? moveTo('archive') : undefined,
    remove: stays || folder === 'deleted' ? undefined : moveTo('deleted'),
    toInbox: folder === 'deleted' || folder === 'junk' ? moveTo('inbox') : undefined,
    markUnread: folder === 'sent' ? undefined : markUnread,
  };
  return {
    ...(mayWrite(state) && writing),
    ...(state.access === 'open' && changing),
  };
}

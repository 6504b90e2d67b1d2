import type { MailboxFolder, MailboxRow, PortalState } from '@holdfast/contracts';
import { lazy, memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useDrafts } from '../drafts/draft-store.ts';
import { sinceMoment } from '../dates.ts';
import { en } from '../messages/en.ts';
import { NewerStrip } from '../offline/newer-strip.tsx';
import { OwnPhoneStrip } from '../offline/own-phone-strip.tsx';
import { OutboxStrip } from '../outbox/outbox-strip.tsx';
import { Icon } from '../parts/icon.tsx';
import { LazyPart } from '../parts/lazy-part.tsx';
import { Link } from '../parts/link.tsx';
import { ProblemPage } from '../parts/problem.tsx';
import { Blank, Skeleton } from '../parts/waiting.tsx';
import { PushMoment } from '../push/push-moment.tsx';
import type { Route } from '../router.ts';
import { useIsOffline } from '../use-is-offline.ts';
import { useNow } from '../use-now.ts';
import { countText } from './count-text.ts';
import { FolderMenu } from './folder-menu.tsx';
import { MessageList } from './message-list.tsx';
import { isUnread } from './row-changes.ts';
import { useSelection, type Selection } from './selection.ts';
import { useFolders, useMailboxList, useOlderMail } from './use-mailbox.ts';

const DraftsPage = lazy(() =>
  import('../drafts/drafts-page.tsx').then((m) => ({ default: m.DraftsPage })),
);

const ListTools = lazy(() => import('./list-tools.tsx').then((m) => ({ default: m.ListTools })));
const SEARCH = { page: 'search', query: '', itemId: null } as const;

interface FolderPaneProps {
  readonly state: PortalState;
  readonly folder: MailboxFolder;
  readonly openItemId: string | null;
}

/**
 * The list of one folder: header, what is going on with the network, and the messages. Drawn again for what concerns it
 * alone: on a slow phone, a tap elsewhere would wait for it.
 */
export const FolderPane = memo(function FolderPane(props: FolderPaneProps) {
  const { folder } = props;
  const folders = useFolders();
  const unread = folders.data?.find((each) => each.folder === folder)?.unread ?? 0;
  const selection = useSelection();
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- another folder, another selection
  useLayoutEffect(() => selection.end(), [folder]);
  return (
    <>
      <header className="bar">
        <h1 tabIndex={-1} id="folder-heading">
          {en.folders[folder]}
        </h1>
        {unread > 0 && folder !== 'sent' && (
          <span className="n num">{en.list.unread(countText(unread))}</span>
        )}
        <span className="spring" />
        {folder !== 'drafts' && <RefreshButton folder={folder} />}
        <Link to={SEARCH} className="icon" aria-label={en.nav.search}>
          <Icon name="search" />
        </Link>
        {folder !== 'drafts' && (
          <button
            type="button"
            className="icon"
            aria-label={en.list.selectSome}
            onClick={selection.begin}
          >
            <Icon name="list" />
          </button>
        )}
        <FolderMenu state={props.state} folders={folders.data ?? []} />
      </header>
      {folder === 'drafts' ? (
        <LazyPart fallback={<Skeleton rows={4} label={en.list.loading} />}>
          <DraftsPage user={props.state.user?.address ?? ''} />
        </LazyPart>
      ) : (
        <FolderMessages key={folder} {...props} selection={selection} />
      )}
    </>
  );
});

function RefreshButton({ folder }: { readonly folder: MailboxFolder }) {
  const { poll, list } = useMailboxList(folder);
  return (
    <button
      type="button"
      className="icon"
      aria-label={en.list.refresh}
      aria-busy={poll.isFetching}
      onClick={() => void (list.isError ? list.refetch() : poll.refetch())}
    >
      <Icon name="sync" />
    </button>
  );
}

/** The same function each time: rows are drawn again for what is new in them alone. */
const routeOf = (row: MailboxRow): Route => ({
  page: 'folder',
  folder: row.folder,
  itemId: row.id,
});

function FolderMessages(props: FolderPaneProps & { readonly selection: Selection }) {
  const { folder, selection } = props;
  const { list, poll, rows } = useMailboxList(folder);
  const older = useOlderMail(folder);
  const isOffline = useIsOffline();
  const now = useNow();
  if (list.isPending) return <Skeleton rows={7} label={en.list.loading} />;
  if (list.data === undefined)
    return <ProblemPage error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <>
      {(poll.isError || isOffline) && (
        <p className="strip">
          {en.list.offline(sinceMoment(new Date(poll.dataUpdatedAt).toISOString(), now))}
        </p>
      )}
      {folder === 'sent' && props.state.leftSent > 0 && (
        <p className="strip">
          {en.leftSent.text(props.state.leftSent)}{' '}
          <a href="/sent.mbox" download>
            {en.leftSent.download}
          </a>
        </p>
      )}
      <NewerStrip />
      <OutboxStrip />
      {/* Copies are kept in an event alone: in a drill there is nothing to ask. */}
      {props.state.access !== 'drill' && <OwnPhoneStrip user={props.state.user?.address ?? ''} />}
      {props.state.access === 'open' && (
        <PushMoment user={props.state.user?.address ?? ''} isReading={props.openItemId !== null} />
      )}
      {folder === 'deleted' && rows.length > 0 && <p className="strip">{en.list.deletedKept}</p>}
      <UnsentStrip user={props.state.user?.address ?? ''} />
      <NewMailAnnouncement rows={rows} />
      {/* All that was loaded may have been moved away, and there is more. */}
      {rows.length === 0 && !older.hasMore ? (
        <>
          <Blank heading={en.empty[folder].heading} text={en.empty[folder].text} />
          <p className="end">{limitsText(props.state)}</p>
        </>
      ) : (
        <MessageList
          name={folder}
          rows={rows}
          selection={selection}
          hasEvent={props.state.event !== null}
          openItemId={props.openItemId}
          older={older}
          end={`${en.list.end} ${limitsText(props.state)}`}
          routeOf={routeOf}
        />
      )}
      <LazyPart fallback={null} isExtra>
        <ListTools
          key={rows.length === 0 ? 'empty' : 'full'}
          folder={folder}
          rows={rows}
          mayWrite={props.state.access === 'open'}
          selection={selection}
          onRefresh={() => void poll.refetch()}
        />
      </LazyPart>
    </>
  );
}

/** What is honestly not here. */
function limitsText({ copy }: PortalState): string {
  switch (copy) {
    case 'whole':
      return en.list.endWhole;
    case 'partly':
      return en.list.endPartly;
    case 'none':
      return en.list.endNone;
  }
}

/** What was written and not sent must not be forgotten on a bad day. */
function UnsentStrip({ user }: { readonly user: string }) {
  const drafts = useDrafts(user);
  const [first, ...others] = drafts;
  if (first === undefined) return null;
  return (
    <p className="strip">
      {others.length === 0 ? en.list.draft : en.list.drafts(drafts.length)} ·{' '}
      <Link
        to={
          others.length === 0
            ? { page: 'write', draftKey: first.key }
            : { page: 'folder', folder: 'drafts', itemId: null }
        }
      >
        {en.list.continueWriting}
      </Link>
    </p>
  );
}

/** Says how many messages came on top since the last look, for those who cannot see them slide in. */
function NewMailAnnouncement({ rows }: { readonly rows: readonly MailboxRow[] }) {
  const newest = rows[0]?.receivedAt ?? '';
  const before = useRef(newest);
  const [text, setText] = useState('');
  useEffect(() => {
    // By time, as a conversation that goes on is the same row with another message.
    const came = rows.filter((row) => row.receivedAt > before.current && isUnread(row)).length;
    if (before.current !== '' && came > 0) setText(en.list.newMail(came));
    before.current = newest;
  }, [newest, rows]);
  return (
    <p className="visually-hidden" role="status">
      {text}
    </p>
  );
}

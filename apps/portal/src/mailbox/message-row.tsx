import type { MailboxRow } from '@holdfast/contracts';
import { memo, type ReactNode } from 'react';
import { shortMoment } from '../dates.ts';
import { en } from '../messages/en.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import type { Route } from '../router.ts';
import { reportedPreview, reportedSubject } from './report-words.ts';
import { isUnread } from './row-changes.ts';

function correspondent(row: MailboxRow): string {
  if (row.folder !== 'sent')
    return row.from === null ? en.list.noSender : row.from.name || row.from.address;
  return `${en.list.to} ${row.to.map((party) => party.name || party.address).join(', ')}`;
}

export const MessageRow = memo(function MessageRow(props: {
  readonly row: MailboxRow;
  readonly now: number;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  readonly routeOf: (row: MailboxRow) => Route;
  readonly onOpen?: (() => void) | undefined;
  /** Shows what was looked for. */
  readonly mark?: ((text: string) => ReactNode) | undefined;
  /** Rows of other folders than the Inbox say where they are. */
  readonly showsFolder?: boolean | undefined;
}) {
  const { row, mark = (text: string) => text } = props;
  const { conversation } = row;
  const unread = isUnread(row);
  const subject = reportedSubject(row) ?? (row.subject === '' ? en.list.noSubject : row.subject);
  return (
    <div className={props.isSelected ? 'row selected' : 'row'}>
      <Link
        to={props.routeOf(row)}
        onFollow={props.onOpen}
        className={unread ? 'm new' : 'm'}
        aria-current={props.isOpen ? 'true' : undefined}
        data-item={row.id}
        draggable={false}
      >
        <span className="u" />
        <span className="from">
          {unread && <span className="visually-hidden">{en.list.unreadOne} · </span>}
          <bdi>{mark(correspondent(row))}</bdi>
          {conversation !== null && conversation.count > 1 && (
            <span className="of num">
              <span aria-hidden="true">{conversation.count}</span>
              <span className="visually-hidden"> · {en.list.messages(conversation.count)}</span>
            </span>
          )}
        </span>
        <time className="when num" dateTime={row.receivedAt}>
          {shortMoment(row.receivedAt, props.now)}
        </time>
        <span className="sub">
          {row.viaGroup !== null && (
            <span className="tag">
              <span className="visually-hidden">{en.list.viaGroup} </span>
              {row.viaGroup}
            </span>
          )}
          <FolderTag row={row} showsFolder={props.showsFolder === true} />
          <bdi>{mark(subject)}</bdi>
          {row.isFlagged && (
            <span className="clip flag">
              <Icon name="flag" />
              <span className="visually-hidden"> {en.list.flagged}</span>
            </span>
          )}
          {row.attachments > 0 && (
            <span className="clip">
              <Icon name="clip" />
              <span className="visually-hidden"> {en.list.attachments(row.attachments)}</span>
            </span>
          )}
        </span>
        <span className="pre" dir="auto">
          {mark(reportedPreview(row) ?? row.preview)}
        </span>
      </Link>
      <label className="tick">
        <input
          type="checkbox"
          checked={props.isSelected}
          aria-label={`${en.list.select}: ${subject}`}
        />
      </label>
    </div>
  );
});

/** The folder that somebody has made themselves says more than the one that it is shown in. */
function FolderTag({
  row,
  showsFolder,
}: {
  readonly row: MailboxRow;
  readonly showsFolder: boolean;
}) {
  if (typeof row.ownFolder === 'string')
    return (
      <span className="tag">
        <bdi>{row.ownFolder}</bdi>
      </span>
    );
  if (!showsFolder || row.folder === 'inbox') return null;
  return <span className="tag">{en.folders[row.folder]}</span>;
}

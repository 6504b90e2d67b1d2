import type { MailboxRow } from '@holdfast/contracts';
import type { ReactNode } from 'react';
import { shortMoment } from '../dates.ts';
import { en } from '../messages/en.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import type { Route } from '../router.ts';

function correspondent(row: MailboxRow): string {
  if (row.folder !== 'sent')
    return row.from === null ? en.list.noSender : row.from.name || row.from.address;
  return `${en.list.to} ${row.to.map((party) => party.name || party.address).join(', ')}`;
}

export function MessageRow(props: {
  readonly row: MailboxRow;
  readonly now: number;
  readonly isOpen: boolean;
  readonly to: Route;
  readonly onOpen?: (() => void) | undefined;
  /** Shows what was looked for. */
  readonly mark?: ((text: string) => ReactNode) | undefined;
  /** Rows of other folders than the Inbox say where they are. */
  readonly showsFolder?: boolean | undefined;
}) {
  const { row, mark = (text: string) => text } = props;
  return (
    <Link
      to={props.to}
      onFollow={props.onOpen}
      className={row.isRead ? 'm' : 'm new'}
      aria-current={props.isOpen ? 'true' : undefined}
      data-item={row.id}
    >
      <span className="u" />
      <span className="from">
        {!row.isRead && <span className="visually-hidden">{en.list.unreadOne} · </span>}
        <bdi>{mark(correspondent(row))}</bdi>
      </span>
      <time className="when num" dateTime={row.receivedAt}>
        {shortMoment(row.receivedAt, props.now)}
      </time>
      <span className="sub">
        {row.viaGroup !== null && <span className="tag">{row.viaGroup.split('@')[0]}@</span>}
        {props.showsFolder === true && row.folder !== 'inbox' && (
          <span className="tag">{en.folders[row.folder]}</span>
        )}
        <bdi>{row.subject === '' ? en.list.noSubject : mark(row.subject)}</bdi>
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
        {mark(row.preview)}
      </span>
    </Link>
  );
}

import type { MailboxRow } from '@holdfast/contracts';
import { shortMoment } from '../dates.ts';
import { en } from '../messages/en.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';

function correspondent(row: MailboxRow): string {
  if (row.folder !== 'sent')
    return row.from === null ? en.list.noSender : row.from.name || row.from.address;
  return `${en.list.to} ${row.to.map((party) => party.name || party.address).join(', ')}`;
}

export function MessageRow(props: {
  readonly row: MailboxRow;
  readonly now: number;
  readonly isOpen: boolean;
}) {
  const { row } = props;
  return (
    <Link
      to={{ page: 'folder', folder: row.folder, itemId: row.id }}
      className={row.isRead ? 'm' : 'm new'}
      aria-current={props.isOpen ? 'true' : undefined}
      data-item={row.id}
    >
      <span className="u" />
      <span className="from">
        {!row.isRead && <span className="visually-hidden">{en.list.unreadOne} · </span>}
        <bdi>{correspondent(row)}</bdi>
      </span>
      <time className="when num" dateTime={row.receivedAt}>
        {shortMoment(row.receivedAt, props.now)}
      </time>
      <span className="sub">
        {row.viaGroup !== null && <span className="tag">{row.viaGroup.split('@')[0]}@</span>}
        <bdi>{row.subject || en.list.noSubject}</bdi>
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
        {row.preview}
      </span>
    </Link>
  );
}

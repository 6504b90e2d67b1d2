import type { QueueRow } from '@holdfast/contracts';
import { Link } from '@tanstack/react-router';
import { formatAgo, formatInstant, placeOfReader } from '../../format/instants.ts';
import { visible } from '../../format/visible.ts';
import { m } from '../../messages/catalogue.ts';
import { DeliveryState } from '../../ui/delivery-state.tsx';
import { useNow } from '../../ui/use-now.ts';

const words = m.mailFlow;

/** Subject over sender; on a phone the recipient as well. All of it is a stranger's text. */
export function MessageCell({ row }: { readonly row: QueueRow }) {
  const subject = visible(row.subject, 200);
  const sender = row.sender === '' ? words.nullSender : visible(row.sender, 320);
  return (
    <div className="min-w-0">
      <Link
        to="/messages/$id"
        params={{ id: row.messageId }}
        tabIndex={-1}
        className="block truncate font-medium hover:underline"
      >
        <bdi>{subject.trim() === '' ? words.noSubject : subject}</bdi>
      </Link>
      <span className="block truncate text-text-2">
        <bdi>{sender}</bdi>
      </span>
      <span className="block truncate text-text-2 md:hidden">
        → <bdi>{visible(row.recipient, 320)}</bdi>
      </span>
    </div>
  );
}

export function RecipientCell({ row }: { readonly row: QueueRow }) {
  return (
    <span className="block truncate" title={visible(row.recipient, 320)}>
      <bdi>{visible(row.recipient, 320)}</bdi>
    </span>
  );
}

/** The state, and below it why it waits: by its class while it is open, by the last line once it is not. */
export function StateCell({ row }: { readonly row: QueueRow }) {
  const why =
    row.queueState === 'quarantined'
      ? words.verdictReason(row.verdictReason)
      : row.reason !== 'not-tried' && row.reason !== 'delivered'
        ? words.reason(row.reason)
        : row.queueState === 'held' || row.state === 'discarded'
          ? visible(row.reply ?? '', 120)
          : null;
  return (
    <>
      <DeliveryState row={row} />
      {why === null || why === '' ? null : (
        <span className="block truncate pl-4 text-xs text-text-2" title={visible(row.reply ?? '')}>
          {why}
        </span>
      )}
    </>
  );
}

export function NextTryCell({ row }: { readonly row: QueueRow }) {
  const now = useNow();
  if (row.dueAt === null) return <span className="text-text-2">{words.queue.noNext}</span>;
  return (
    <span className="num whitespace-nowrap text-text-2">
      {Date.parse(row.dueAt) <= now
        ? words.queue.dueNow
        : formatInstant(row.dueAt, now, placeOfReader())}
    </span>
  );
}

export function AgoCell({ at }: { readonly at: string }) {
  const now = useNow();
  return (
    <span
      className="num whitespace-nowrap text-text-2"
      title={formatInstant(at, now, placeOfReader())}
    >
      {formatAgo(at, now, placeOfReader())}
    </span>
  );
}

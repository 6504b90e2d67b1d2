import { listQueue, type QueuedDelivery, type QueueFilter } from '@holdfast/application';
import type { CommandContext } from './command-context.ts';
import { iso, print, table, type OutputOptions } from './output.ts';

/** Most rows a listing prints. */
export const MOST_ROWS = 1000;

/** Oldest first. */
export async function readQueueRows(
  { ports, actor }: Pick<CommandContext, 'ports' | 'actor'>,
  filter: QueueFilter,
): Promise<{ readonly rows: readonly QueuedDelivery[]; readonly total: number }> {
  return listQueue(ports, actor, {
    ...filter,
    sort: 'accepted',
    descending: false,
    limit: MOST_ROWS,
    after: null,
    before: null,
  });
}

export function printQueueRows(
  options: OutputOptions,
  { rows, total }: { readonly rows: readonly QueuedDelivery[]; readonly total: number },
  empty: string,
): void {
  const shown = rows.map(({ delivery, sender, subject, direction, replyClass }) => ({
    id: delivery.id,
    message: delivery.messageId,
    sender,
    recipient: delivery.recipient,
    subject,
    direction,
    route: delivery.route,
    state: delivery.state,
    hold: delivery.hold,
    why: replyClass,
    verdict: delivery.verdict,
    verdictReason: delivery.verdictReason,
    attempts: delivery.attempts,
    dueAt: delivery.dueAt === null ? null : iso(delivery.dueAt),
    acceptedAt: iso(delivery.acceptedAt),
    reply: delivery.reply,
  }));
  print(options, shown, () =>
    shown.length === 0
      ? [empty]
      : [
          ...table(
            ['ID', 'ACCEPTED', 'STATE', 'TRIES', 'SENDER', 'RECIPIENT', 'REPLY'],
            shown.map((row) => [
              row.id,
              row.acceptedAt,
              row.hold === null ? row.state : `${row.state} (${row.hold})`,
              String(row.attempts),
              row.sender,
              row.recipient,
              row.reply ?? '',
            ]),
          ),
          ...(total > shown.length ? [`The oldest ${shown.length} of ${total}.`] : []),
        ],
  );
}

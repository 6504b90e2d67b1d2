import { and, eq, inArray, sql } from '../drizzle.ts';
import type { MessageRecord, QueuedDelivery } from '@holdfast/application';
import { deliveries, messages } from '../schema/mail.ts';
import { anyUuid, type Transaction } from '../transaction.ts';
import { INBOUND_ORIGINS } from './delivery-counts.ts';
import { toDelivery } from './message-row.ts';

export const MESSAGE_OF_DELIVERY = and(
  eq(messages.acceptedDay, deliveries.acceptedDay),
  eq(messages.id, deliveries.messageId),
  eq(messages.organisationId, deliveries.organisationId),
);

type DeliveryRow = typeof deliveries.$inferSelect;

/**
 * What lists of deliveries show: the delivery, and of its message nothing that was written in it but the subject. The
 * messages of a page are asked for by their days: planning a join of all days took longer than finding the page.
 */
export async function withMessages(
  transaction: Transaction,
  organisationId: string,
  rows: readonly DeliveryRow[],
): Promise<readonly QueuedDelivery[]> {
  if (rows.length === 0) return [];
  const found = await transaction
    .select({
      id: messages.id,
      sender: messages.envelopeFrom,
      subject: sql<string>`${messages.summary} ->> 'subject'`,
      from: sql<MessageRecord['summary']['from']>`${messages.summary} -> 'from'`,
      rfcMessageId: messages.messageId,
      size: messages.size,
    })
    .from(messages)
    .where(
      and(
        eq(messages.organisationId, organisationId),
        inArray(messages.acceptedDay, [...new Set(rows.map(({ acceptedDay }) => acceptedDay))]),
        sql`${messages.id} = ${anyUuid(rows.map(({ messageId }) => messageId))}`,
      ),
    );
  const byId = new Map(found.map(({ id, ...message }) => [id, message]));
  return rows.flatMap((row) => {
    const message = byId.get(row.messageId);
    return message === undefined ? [] : [{ ...message, ...toQueued(row) }];
  });
}

function toQueued(row: DeliveryRow): Pick<QueuedDelivery, 'delivery' | 'direction' | 'replyClass'> {
  const inbound = (INBOUND_ORIGINS as readonly string[]).includes(row.origin);
  return {
    delivery: toDelivery(row),
    direction: inbound ? 'inbound' : 'outbound',
    replyClass: row.replyClass,
  };
}

/** `like` pattern of a part, taken by its letters. */
export function partOf(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

import { and, eq, sql } from '../drizzle.ts';
import type { MessageRecord, QueuedDelivery } from '@holdfast/application';
import { deliveries, messages } from '../schema/mail.ts';
import { INBOUND_ORIGINS } from './delivery-counts.ts';
import { toDelivery } from './message-row.ts';

/** What lists of deliveries show: the delivery, and of its message nothing that was written in it but the subject. */
export const QUEUED_COLUMNS = {
  delivery: deliveries,
  sender: messages.envelopeFrom,
  subject: sql<string>`${messages.summary} ->> 'subject'`,
  from: sql<MessageRecord['summary']['from']>`${messages.summary} -> 'from'`,
  rfcMessageId: messages.messageId,
  size: messages.size,
};

export const MESSAGE_OF_DELIVERY = and(
  eq(messages.acceptedDay, deliveries.acceptedDay),
  eq(messages.id, deliveries.messageId),
  eq(messages.organisationId, deliveries.organisationId),
);

interface Row extends Omit<QueuedDelivery, 'delivery' | 'direction' | 'replyClass'> {
  readonly delivery: typeof deliveries.$inferSelect;
}

export function toQueued({ delivery, ...message }: Row): QueuedDelivery {
  const inbound = (INBOUND_ORIGINS as readonly string[]).includes(delivery.origin);
  return {
    ...message,
    delivery: toDelivery(delivery),
    direction: inbound ? 'inbound' : 'outbound',
    replyClass: delivery.replyClass,
  };
}

/** `like` pattern of a part, taken by its letters. */
export function partOf(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

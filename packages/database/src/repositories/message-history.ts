import { and, asc, eq, sql } from '../drizzle.ts';
import type { DeliveryHistory, MessageHistory } from '@holdfast/application';
import { deliveries, deliveryAttempts, messages } from '../schema/mail.ts';
import { deliveryActions } from '../schema/queue.ts';
import { anyUuid, type Transaction } from '../transaction.ts';
import { toDelivery, toMessage } from './message-row.ts';
import { MESSAGE_OF_DELIVERY } from './queued-row.ts';

/** A message with every recipient, every attempt and every action of a person. */
export async function readHistory(
  transaction: Transaction,
  organisationId: string,
  id: string,
): Promise<MessageHistory | null> {
  const own = eq(deliveries.organisationId, organisationId);
  const rowsOf = (messageId: string) =>
    transaction
      .select({ delivery: deliveries, message: messages })
      .from(deliveries)
      .innerJoin(messages, MESSAGE_OF_DELIVERY)
      .where(and(own, eq(deliveries.messageId, messageId)))
      .orderBy(asc(deliveries.recipient));
  let rows = await rowsOf(id);
  if (rows.length === 0) {
    const [named] = await transaction
      .select({ messageId: deliveries.messageId })
      .from(deliveries)
      .where(and(own, eq(deliveries.id, id)));
    if (named !== undefined) rows = await rowsOf(named.messageId);
  }
  const [first] = rows;
  if (first === undefined) return null;
  const ids = rows.map(({ delivery }) => delivery.id);
  const attempts = await readAttempts(transaction, organisationId, first.message.acceptedDay, ids);
  const actions = await readActions(transaction, organisationId, ids);
  return {
    message: toMessage(first.message),
    deliveries: rows.map(({ delivery }): DeliveryHistory => ({
      delivery: toDelivery(delivery),
      replyClass: delivery.replyClass,
      attempts: attempts.get(delivery.id) ?? [],
      actions: actions.get(delivery.id) ?? [],
    })),
  };
}

async function readAttempts(
  transaction: Transaction,
  organisationId: string,
  day: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DeliveryHistory['attempts']>> {
  const rows = await transaction
    .select()
    .from(deliveryAttempts)
    .where(
      and(
        eq(deliveryAttempts.acceptedDay, day),
        eq(deliveryAttempts.organisationId, organisationId),
        sql`${deliveryAttempts.deliveryId} = ${anyUuid(ids)}`,
      ),
    )
    .orderBy(asc(deliveryAttempts.attempt));
  return Map.groupBy(rows, (row) => row.deliveryId);
}

async function readActions(
  transaction: Transaction,
  organisationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DeliveryHistory['actions']>> {
  const rows = await transaction
    .select()
    .from(deliveryActions)
    .where(
      and(
        eq(deliveryActions.organisationId, organisationId),
        sql`${deliveryActions.deliveryId} = ${anyUuid(ids)}`,
      ),
    )
    .orderBy(asc(deliveryActions.at), asc(deliveryActions.id));
  return Map.groupBy(rows, (row) => row.deliveryId);
}

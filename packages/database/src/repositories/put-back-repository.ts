import { and, count, eq, inArray, sql } from '../drizzle.ts';
import type { PutBackOutcome, PutBackRepository, TouchedItem } from '@holdfast/application';
import { OPEN_STATES, type MailFolder } from '@holdfast/domain';
import { putBackItems } from '../schema/mailbox-access.ts';
import { iso, milliseconds, type Transaction } from '../transaction.ts';

/** What waiting does not mend. */
const LEFT_OVER: PutBackOutcome[] = ['not-found', 'no-mailbox', 'forbidden', 'whole-only'];

/** Literal, so that the planner sees that the index on open deliveries will do. */
const open = sql.raw(OPEN_STATES.map((state) => `'${state}'`).join(', '));

export function createPutBackRepository(
  transaction: Transaction,
  organisationId: string,
): PutBackRepository {
  const ofEvent = (eventId: string) =>
    and(eq(putBackItems.organisationId, organisationId), eq(putBackItems.eventId, eventId));
  return {
    touched: async (eventId, since) =>
      findTouched(
        transaction,
        sql`item.organisation_id = ${organisationId}
          and item.touched_at >= ${iso(since)}::timestamptz
          -- What is still on its way to this person is not there to be found: its turn comes with its delivery.
          and not exists (select from deliveries delivery
            where delivery.organisation_id = item.organisation_id
              and delivery.accepted_day = item.accepted_day and delivery.message_id = item.message_id
              and delivery.state in (${open})
              and delivery.recipient in (select address from directory_addresses
                where organisation_id = item.organisation_id and object_id = item.user_id))
          -- What was written here goes back as a whole.
          and not exists (select from submissions sent where sent.organisation_id = item.organisation_id
            and sent.user_id = item.user_id and sent.message_id = item.message_id)
          and not exists (select from put_back_items known
            where known.organisation_id = item.organisation_id and known.event_id = ${eventId}
              and known.item_id = item.id and known.kind = 'state' and known.outcome <> 'waiting'
              and known.at >= item.touched_at)`,
      ),
    touchedItem: async (itemId) => {
      const [found] = await findTouched(
        transaction,
        sql`item.organisation_id = ${organisationId} and item.id = ${itemId}
          and item.touched_at is not null`,
      );
      return found ?? null;
    },
    settleTouch: async (itemId, touchedAt) => {
      await transaction.execute(sql`
        update mailbox_items set touched_at = null, moved_at = null,
          own_folder = case when moved_at is null then own_folder end
        where organisation_id = ${organisationId} and id = ${itemId}
          and touched_at = ${iso(touchedAt)}::timestamptz`);
    },
    entry: async (eventId, itemId, kind) => {
      const [row] = await transaction
        .select()
        .from(putBackItems)
        .where(and(ofEvent(eventId), eq(putBackItems.itemId, itemId), eq(putBackItems.kind, kind)));
      return row ?? null;
    },
    save: async (eventId, entry) => {
      const { outcome, detail, tries, at } = entry;
      await transaction
        .insert(putBackItems)
        .values({ organisationId, eventId, ...entry })
        .onConflictDoUpdate({
          target: [
            putBackItems.organisationId,
            putBackItems.eventId,
            putBackItems.itemId,
            putBackItems.kind,
          ],
          set: { outcome, detail, tries, at },
        });
    },
    reopen: async (eventId) => {
      await transaction
        .delete(putBackItems)
        .where(and(ofEvent(eventId), inArray(putBackItems.outcome, LEFT_OVER)));
    },
    counts: async (eventId) => {
      const { kind, outcome } = putBackItems;
      return transaction
        .select({ kind, outcome, count: count() })
        .from(putBackItems)
        .where(ofEvent(eventId))
        .groupBy(kind, outcome)
        .orderBy(kind, outcome);
    },
    leftSentOf: async (eventId, userId) => {
      const [row] = await transaction
        .select({ left: count() })
        .from(putBackItems)
        .where(
          and(
            ofEvent(eventId),
            eq(putBackItems.userId, userId),
            eq(putBackItems.kind, 'sent'),
            inArray(putBackItems.outcome, LEFT_OVER),
          ),
        );
      return row?.left ?? 0;
    },
    leftOver: async (eventId, limit) => readLeftOver(transaction, organisationId, eventId, limit),
  };
}

async function findTouched(
  transaction: Transaction,
  where: ReturnType<typeof sql>,
): Promise<readonly TouchedItem[]> {
  const rows = await transaction.execute<{
    itemId: string;
    userId: string;
    address: string;
    messageId: string | null;
    folder: MailFolder;
    isRead: boolean;
    isFlagged: boolean;
    touchedAt: string;
    movedAt: string | null;
  }>(sql`
    select item.id as "itemId", item.user_id as "userId", object.primary_address as address,
      message.message_id as "messageId", item.folder, item.is_read as "isRead",
      item.is_flagged as "isFlagged", item.touched_at as "touchedAt",
      item.moved_at as "movedAt"
    from mailbox_items item
      join messages message on message.accepted_day = item.accepted_day
        and message.organisation_id = item.organisation_id and message.id = item.message_id
      join directory_objects object on object.organisation_id = item.organisation_id
        and object.id = item.user_id
    where ${where}
    order by item.touched_at, item.id`);
  return rows.map((row) => ({
    ...row,
    touchedAt: milliseconds(row.touchedAt),
    movedAt: row.movedAt === null ? null : milliseconds(row.movedAt),
  }));
}

async function readLeftOver(
  transaction: Transaction,
  organisationId: string,
  eventId: string,
  limit: number,
): ReturnType<PutBackRepository['leftOver']> {
  const rows = await transaction.execute<{
    itemId: string;
    userId: string;
    kind: 'sent' | 'state';
    outcome: PutBackOutcome;
    detail: string | null;
    tries: number;
    at: string;
    address: string;
    subject: string;
  }>(sql`
    select entry.item_id as "itemId", entry.user_id as "userId", entry.kind, entry.outcome,
      entry.detail, entry.tries, entry.at, object.primary_address as address,
      coalesce(message.summary ->> 'subject', '') as subject
    from put_back_items entry
      join directory_objects object on object.organisation_id = entry.organisation_id
        and object.id = entry.user_id
      left join mailbox_items item on item.organisation_id = entry.organisation_id
        and item.id = entry.item_id
      left join messages message on message.organisation_id = item.organisation_id
        and message.accepted_day = item.accepted_day and message.id = item.message_id
    where entry.organisation_id = ${organisationId} and entry.event_id = ${eventId}
      and entry.outcome in ('not-found', 'no-mailbox', 'forbidden', 'whole-only')
    order by object.primary_address, entry.at
    limit ${limit}`);
  return rows.map((row) => ({ ...row, at: milliseconds(row.at) }));
}

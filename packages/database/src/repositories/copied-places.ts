import { and, eq, sql } from '../drizzle.ts';
import type { CopiedMessage, MailboxCopyRepository } from '@holdfast/application';
import { DAY, dayOf } from '@holdfast/domain';
import type { SQL } from 'drizzle-orm';
import { copiedMessages } from '../schema/mailbox-access.ts';
import { anyText, iso, milliseconds, type Transaction } from '../transaction.ts';

/** The longest that mail waited here before Office 365 took it, and its view is older than what is there. */
const DELIVERED_LATE = 31 * DAY;

/** Follows where messages lie in Office 365 with their views here. */
export function createCopiedPlaces(
  transaction: Transaction,
  organisationId: string,
): Pick<MailboxCopyRepository, 'follow' | 'lose' | 'buryLost'> {
  const own = (userId: string) =>
    and(eq(copiedMessages.organisationId, organisationId), eq(copiedMessages.userId, userId));
  return {
    follow: async (userId, places, at) => {
      for (const { item, folder, ownFolder, isRead, isFlagged } of places) {
        await transaction.execute(sql`
          update mailbox_items item set folder = ${folder}, is_read = ${isRead},
            is_flagged = ${isFlagged}, own_folder = ${ownFolder}, changed_at = ${iso(at)}::timestamptz
          where ${viewOf(organisationId, userId, item)} and item.touched_at is null
            and (item.folder, item.is_read, item.is_flagged, item.own_folder)
              is distinct from (${folder}, ${isRead}, ${isFlagged}, ${ownFolder}::text)
            -- What was written here stays in Sent, whatever Outlook did with its twin.
            and (${item.recordId}::uuid is not null or (item.folder = 'sent') = ${folder === 'sent'})`);
      }
    },
    lose: async (userId, folderId, externalIds, at) => {
      await transaction
        .update(copiedMessages)
        .set({ lostAt: at })
        .where(
          and(
            own(userId),
            eq(copiedMessages.folderId, folderId),
            sql`${copiedMessages.externalId} = ${anyText(externalIds)}`,
          ),
        );
    },
    buryLost: async (userId, most, at) => {
      const [count] = await transaction.execute<{ lost: number; known: number }>(sql`
        select count(*) filter (where lost_at is not null)::int as lost, count(*)::int as known
        from copied_messages where organisation_id = ${organisationId} and user_id = ${userId}`);
      const { lost = 0, known = 0 } = count ?? {};
      if (lost > most && lost * 2 > known) return null;
      const rows = await transaction.execute<{
        externalId: string;
        folderId: string;
        messageId: string | null;
        receivedAt: string;
        recordId: string | null;
      }>(sql`
        delete from copied_messages
        where organisation_id = ${organisationId} and user_id = ${userId} and lost_at is not null
        returning external_id as "externalId", folder_id as "folderId", message_id as "messageId",
          received_at as "receivedAt", record_id as "recordId"`);
      for (const row of rows)
        await bury(
          transaction,
          organisationId,
          userId,
          {
            ...row,
            receivedAt: milliseconds(row.receivedAt),
          },
          at,
        );
      return rows.length;
    },
  };
}

/** The view of an item: of the record that was copied, or of the gateway's own copy by its Message-ID. */
function viewOf(organisationId: string, userId: string, item: CopiedMessage): SQL {
  const mine = sql`item.organisation_id = ${organisationId} and item.user_id = ${userId}`;
  if (item.recordId !== null)
    return sql`${mine} and item.accepted_day = ${dayOf(item.receivedAt)}::date
      and item.message_id = ${item.recordId}`;
  const days = sql`between ${dayOf(item.receivedAt - DELIVERED_LATE)}::date
    and ${dayOf(item.receivedAt + DAY)}::date`;
  return sql`${mine} and item.accepted_day ${days} and item.message_id in (
    select message.id from messages message where message.organisation_id = ${organisationId}
      and message.message_id = ${item.messageId} and message.accepted_day ${days})`;
}

async function bury(
  transaction: Transaction,
  organisationId: string,
  userId: string,
  item: CopiedMessage,
  at: number,
): Promise<void> {
  if (item.recordId === null) {
    await transaction.execute(sql`
      update mailbox_items item set folder = 'deleted', changed_at = ${iso(at)}::timestamptz
      where ${viewOf(organisationId, userId, item)} and item.touched_at is null
        and item.folder <> 'sent'`);
    return;
  }
  const day = dayOf(item.receivedAt);
  await transaction.execute(sql`
    delete from mailbox_items item where ${viewOf(organisationId, userId, item)}`);
  await transaction.execute(
    sql`select holdfast_forget_words(${day}::date, ${item.recordId}::uuid)`,
  );
  await transaction.execute(sql`
    delete from messages where accepted_day = ${day}::date and id = ${item.recordId}
      and organisation_id = ${organisationId}`);
}

import { sql } from '../drizzle.ts';
import type { MailboxRepository } from '@holdfast/application';
import { dayOf } from '@holdfast/domain';
import { asJson, iso, type Transaction } from '../transaction.ts';

/** Views of messages that were kept back at ingest. */
export function createReleasedItems(
  transaction: Transaction,
  organisationId: string,
): Pick<MailboxRepository, 'show'> {
  return {
    show: async (items, at) => {
      const rows = items.map((item) => ({
        day: dayOf(item.acceptedAt),
        id: item.id,
        messageId: item.messageId,
        userId: item.userId,
        folder: item.folder,
        receivedAt: iso(item.acceptedAt),
        viaGroup: item.viaGroup,
      }));
      await transaction.execute(sql`
        insert into mailbox_items (accepted_day, organisation_id, id, message_id, user_id, folder,
          received_at, is_read, via_group, changed_at, conversation)
        select distinct on (row."messageId", row."userId") row.day, ${organisationId}::uuid, row.id,
          row."messageId", row."userId", row.folder, row."receivedAt", false, row."viaGroup",
          ${iso(at)}::timestamptz, coalesce(alias.conversation, message.conversation, message.id)
        from jsonb_to_recordset(${asJson(rows)}) as row(day date, id uuid, "messageId" uuid,
          "userId" uuid, folder text, "receivedAt" timestamptz, "viaGroup" text)
          join messages message on message.accepted_day = row.day
            and message.organisation_id = ${organisationId}::uuid and message.id = row."messageId"
          left join conversation_aliases alias
            on alias.organisation_id = message.organisation_id and alias.alias = message.conversation
        where not exists (select from mailbox_items known
          where known.accepted_day = row.day and known.organisation_id = ${organisationId}::uuid
            and known.message_id = row."messageId" and known.user_id = row."userId")
        order by row."messageId", row."userId", row."viaGroup" nulls first`);
      await transaction.execute(sql`
        select holdfast_show_in_search(row.day, row."messageId", row."userId")
        from jsonb_to_recordset(${asJson(rows)}) as row(day date, "messageId" uuid, "userId" uuid)`);
    },
  };
}

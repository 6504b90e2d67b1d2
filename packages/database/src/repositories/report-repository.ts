import type { MailboxRepository, ReportRepository } from '@holdfast/application';
import { dayOf, type ReportableMessage, type SettledReport } from '@holdfast/domain';
import { sql } from '../drizzle.ts';
import { sendSignal } from '../signals.ts';
import { anyText, asJson, milliseconds, type Transaction } from '../transaction.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function createReportRepository(transaction: Transaction): ReportRepository {
  return {
    sent: async ({ organisationId, addresses, messageIds, envelopeId }) => {
      if (addresses.length === 0) return [];
      const named = envelopeId !== null && UUID.test(envelopeId);
      const rows = await transaction.execute<{
        id: string;
        messageId: string | null;
        here: boolean;
        recipients: string[];
      }>(sql`
        with wanted as materialized (
          select * from messages
          where organisation_id = ${organisationId} and message_id = ${anyText(messageIds)}
          union
          select * from messages
          where ${named} and organisation_id = ${organisationId}
            and id = ${named ? envelopeId : null}::uuid)
        select sent.id, sent.message_id as "messageId", true as here,
          (select coalesce(jsonb_agg(delivery.recipient), '[]') from deliveries delivery
            where delivery.accepted_day = sent.accepted_day and delivery.message_id = sent.id
              and delivery.organisation_id = sent.organisation_id) as recipients
        from wanted sent
        where sent.origin = 'submission' and lower(sent.envelope_from) = ${anyText(addresses)}
        union all
        select sent.id, sent.message_id, false,
          (select coalesce(jsonb_agg(party ->> 'address'), '[]')
            from jsonb_array_elements((sent.summary -> 'to') || (sent.summary -> 'cc')) as party)
        from wanted sent
          join mailbox_items item on item.accepted_day = sent.accepted_day
            and item.organisation_id = sent.organisation_id and item.message_id = sent.id
          join directory_addresses own on own.organisation_id = item.organisation_id
            and own.object_id = item.user_id
        where sent.origin = 'mailbox' and item.folder = 'sent' and own.address = ${anyText(addresses)}`);
      return rows.map(({ here, ...message }): ReportableMessage => ({
        ...message,
        sent: here ? 'here' : 'elsewhere',
      }));
    },
    save: async ({ organisationId, id, acceptedAt, report }) => {
      const day = dayOf(acceptedAt);
      const rows = await transaction.execute<{ user: string }>(sql`
        with kept as (
          update messages set report = ${asJson(report)}
          where accepted_day = ${day}::date and id = ${id} and organisation_id = ${organisationId}
            and erased_at is null and report is distinct from ${asJson(report)}
          returning id)
        select item.user_id as "user" from kept
          join mailbox_items item on item.accepted_day = ${day}::date
            and item.organisation_id = ${organisationId} and item.message_id = kept.id`);
      const userIds = rows.map(({ user }) => user);
      if (userIds.length > 0)
        await sendSignal(transaction, { channel: 'mailbox', organisationId, userIds });
    },
  };
}

export function createReportsOnSent(
  transaction: Transaction,
  organisationId: string,
): Pick<MailboxRepository, 'reportsOn' | 'itemOf'> {
  return {
    reportsOn: async (userId, { id, acceptedAt }) => {
      const rows = await transaction.execute<{ report: SettledReport; at: string }>(sql`
        select message.report, message.accepted_at as at from messages message
        where message.organisation_id = ${organisationId} and message.report is not null
          and message.report ->> 'messageId' = ${id}
          and message.accepted_day >= ${dayOf(acceptedAt)}::date
          -- What is in quarantine says nothing yet.
          and exists (select from mailbox_items item where item.accepted_day = message.accepted_day
            and item.organisation_id = message.organisation_id and item.message_id = message.id
            and item.user_id = ${userId})
        order by message.accepted_at limit 200`);
      return rows.map(({ report, at }) => ({ report, at: milliseconds(at) }));
    },
    itemOf: async (userId, messageId) => {
      const [row] = await transaction.execute<{ id: string }>(sql`
        select id from mailbox_items where organisation_id = ${organisationId}
          and message_id = ${messageId}::uuid and user_id = ${userId} limit 1`);
      return row?.id ?? null;
    },
  };
}

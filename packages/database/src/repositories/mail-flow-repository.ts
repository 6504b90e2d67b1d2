import { and, asc, desc, eq, inArray, sql } from '../drizzle.ts';
import type { MailFlowRepository, TraceRow } from '@holdfast/application';
import { OPEN_STATES } from '@holdfast/domain';
import { deliveries, messages } from '../schema/mail.ts';
import { isAmong, iso, milliseconds, type Transaction } from '../transaction.ts';
import { INBOUND_ORIGINS } from './delivery-counts.ts';

const inbound = sql.raw(INBOUND_ORIGINS.map((origin) => `'${origin}'`).join(', '));

export function createMailFlowRepository(
  transaction: Transaction,
  organisationId: string,
): MailFlowRepository {
  const own = eq(deliveries.organisationId, organisationId);
  return {
    trace: async ({ messageId, recipient, limit }) => {
      const rows = await transaction
        .select({ delivery: deliveries, message: messages })
        .from(deliveries)
        .innerJoin(messages, messageOfDelivery)
        .where(
          and(
            own,
            messageId === null ? undefined : eq(messages.messageId, inBrackets(messageId)),
            recipient === null ? undefined : eq(deliveries.recipient, recipient.toLowerCase()),
          ),
        )
        .orderBy(desc(deliveries.acceptedAt), asc(deliveries.recipient))
        .limit(limit);
      return rows.map(({ delivery, message }) => toTraceRow(delivery, message));
    },
    hourly: async (since) => {
      const rows = await transaction.execute<{ hour: string; accepted: number; delivered: number }>(
        sql`
        select hour, sum(accepted)::int as accepted, sum(delivered)::int as delivered from (
          select date_trunc('hour', accepted_at) as hour, count(*) as accepted, 0 as delivered
          from messages
          where organisation_id = ${organisationId} and accepted_at >= ${iso(since)}::timestamptz
            and origin in (${inbound})
          group by 1
          union all
          select date_trunc('hour', updated_at), 0, count(distinct message_id)
          from deliveries
          where organisation_id = ${organisationId} and state = 'delivered'
            and updated_at >= ${iso(since)}::timestamptz and origin in (${inbound})
          group by 1) counted
        group by hour order by hour`,
      );
      return rows.map(({ hour, accepted, delivered }) => ({
        hour: milliseconds(hour),
        accepted,
        delivered,
      }));
    },
    arrivals: async (domain, since, limit) => {
      const rows = await transaction.execute<{ ip: string; messages: number; last: string }>(sql`
        select m.client_ip as ip, count(distinct m.id)::int as messages, max(m.accepted_at) as last
        from deliveries d
        join messages m on m.organisation_id = d.organisation_id and m.accepted_day = d.accepted_day
          and m.id = d.message_id
        where d.organisation_id = ${organisationId} and d.origin = 'inbound'
          and d.accepted_at >= ${iso(since)}::timestamptz
          and d.accepted_day >= (${iso(since)}::timestamptz at time zone 'utc')::date
          and split_part(d.recipient, '@', 2) = ${domain}
        group by m.client_ip order by messages desc, ip limit ${limit}`);
      return rows.map(({ ip, messages: count, last }) => {
        return { ip, messages: count, lastAt: milliseconds(last) };
      });
    },
    waitingFor: async (userIds, acceptedBefore) => {
      const before =
        acceptedBefore === undefined
          ? sql`true`
          : sql`accepted_at < ${iso(acceptedBefore)}::timestamptz`;
      // `coalesce` for the reason given at `isAmong`.
      const scope =
        userIds === null
          ? sql`true`
          : sql`coalesce(recipient in (select address from directory_addresses
              where organisation_id = ${organisationId}
                and ${isAmong(sql`object_id`, userIds)}), false)`;
      // Quarantined mail and what an operator holds waits for a person, not for Office 365.
      const [row] = await transaction.execute<{ waiting: number }>(sql`
        select count(*)::int as waiting from deliveries
        where organisation_id = ${organisationId} and route = 'primary'
          and state in ('queued', 'leased', 'deferred', 'held') and hold is distinct from 'operator'
          and ${scope} and ${before}`);
      return row?.waiting ?? 0;
    },
    hasten: async (at) => {
      const rows = await transaction.execute(sql`
        with waiting as (
          select accepted_day, id from deliveries
          where organisation_id = ${organisationId} and route = 'primary'
            and (state = 'deferred' or (state = 'held' and hold = 'review'))
            and due_at > ${iso(at)}::timestamptz
          -- What another transaction holds is being leased or hastened already.
          for update skip locked)
        update deliveries set due_at = ${iso(at)}::timestamptz, updated_at = ${iso(at)}::timestamptz
        from waiting
        where deliveries.accepted_day = waiting.accepted_day and deliveries.id = waiting.id
          and deliveries.organisation_id = ${organisationId}
        returning deliveries.id`);
      return rows.length;
    },
    openReferences: async () =>
      transaction
        .selectDistinct({
          instance: messages.instance,
          segment: messages.segment,
          offset: messages.offset,
          length: messages.length,
        })
        .from(deliveries)
        .innerJoin(messages, messageOfDelivery)
        .where(and(own, inArray(deliveries.state, [...OPEN_STATES]))),
  };
}

const messageOfDelivery = and(
  eq(messages.acceptedDay, deliveries.acceptedDay),
  eq(messages.id, deliveries.messageId),
  eq(messages.organisationId, deliveries.organisationId),
);

/** People paste a Message-ID with or without its brackets. */
function inBrackets(messageId: string): string {
  const bare = messageId.trim().replace(/^<|>$/g, '');
  return `<${bare}>`;
}

function toTraceRow(
  delivery: typeof deliveries.$inferSelect,
  message: typeof messages.$inferSelect,
): TraceRow {
  return {
    messageId: message.messageId,
    recipient: delivery.recipient,
    sender: message.envelopeFrom,
    subject: message.summary.subject,
    state: delivery.state,
    reply: delivery.reply,
    acceptedAt: delivery.acceptedAt,
    at: delivery.updatedAt,
  };
}

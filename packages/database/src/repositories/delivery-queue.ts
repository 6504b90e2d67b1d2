import { and, asc, eq, inArray, sql } from '../drizzle.ts';
import type { DeliveryQueue, LeasedDelivery } from '@holdfast/application';
import { classifyReplyLine, dayOf, type Instant, type MxRecord } from '@holdfast/domain';
import { deliveries, messages } from '../schema/mail.ts';
import { domains } from '../schema/organisations.ts';
import { anyUuid, asJson, iso, milliseconds, type Transaction } from '../transaction.ts';
import { toDelivery, toMessage } from './message-row.ts';

/** Whose turn may come: open, with a time, not held by an operator, and to be sent by a relay. */
const WAITING = sql`candidate.state in ('queued', 'deferred', 'held') and candidate.due_at is not null
  and candidate.hold is distinct from 'operator' and candidate.route in ('primary', 'remote')`;

/**
 * Event hold, derived: active events with relay on hold, for everyone or for the owners of these addresses. Gathered
 * once per statement: asked per delivery, an event for 5,000 users made a lease six times slower.
 */
const HELD = sql`held as materialized (
  select event.organisation_id, null as address from emergency_events event
  where event.phase = 'active' and event.relay = 'hold' and event.scope_everyone
  union all
  select event.organisation_id, known.address
  from emergency_events event
    cross join lateral unnest(event.scope_user_ids) as member(id)
    join directory_addresses known
      on known.organisation_id = event.organisation_id and known.object_id = member.id
  where event.phase = 'active' and event.relay = 'hold')`;

const NOT_ON_EVENT_HOLD = sql`(candidate.route <> 'primary' or not (
  candidate.organisation_id in (select organisation_id from held where address is null)
  or (candidate.organisation_id, lower(candidate.recipient)) in (
    select organisation_id, address from held where address is not null)))`;

/** A row by its whole key but the organisation: ids are unique, and the day finds the partition. */
interface Key extends Record<string, unknown> {
  readonly day: string;
  readonly id: string;
}

export function createDeliveryQueue(transaction: Transaction): DeliveryQueue {
  return {
    lease: async ({ route, now, until, limit, owner, skipOrganisations }) => {
      const keys = await transaction.execute<{ day: string; id: string }>(sql`
        with ${HELD},
        due as (
          select candidate.accepted_day, candidate.id, candidate.organisation_id
          from deliveries candidate
          where ${WAITING} and candidate.route = ${route} and candidate.due_at <= ${iso(now)}::timestamptz
            and not (candidate.route = 'primary'
              and candidate.organisation_id = ${anyUuid(skipOrganisations)})
            and ${NOT_ON_EVENT_HOLD}
          order by candidate.due_at, candidate.id
          limit ${limit}
          for update of candidate skip locked)
        update deliveries leased set state = 'leased', lease_owner = ${owner},
          lease_until = ${iso(until)}::timestamptz, updated_at = ${iso(now)}::timestamptz
        from due
        where leased.accepted_day = due.accepted_day and leased.id = due.id
          and leased.organisation_id = due.organisation_id
        returning leased.accepted_day::text as day, leased.id`);
      return keys.length === 0 ? [] : readLeased(transaction, keys);
    },
    complete: async (results, owner) => {
      const rows = results.map(({ deliveryId, acceptedAt, next, host, at }) => ({
        day: dayOf(acceptedAt),
        id: deliveryId,
        state: next.state,
        hold: next.state === 'held' ? next.hold : null,
        due: 'dueAt' in next ? iso(next.dueAt) : null,
        refusals: next.state === 'held' ? next.refusals : null,
        reply: next.reply,
        replyClass: classifyReplyLine(next.reply),
        host,
        at: iso(at),
      }));
      await transaction.execute(sql`
        with result as materialized (
          select * from jsonb_to_recordset(${asJson(rows)}) as row(day date, id uuid, state text,
            hold text, due timestamptz, refusals integer, reply text, "replyClass" text, host text,
            at timestamptz)),
        done as (
          update deliveries delivery set state = result.state, hold = result.hold,
            due_at = result.due, refusals = coalesce(result.refusals, delivery.refusals),
            reply = result.reply, reply_class = result."replyClass", host = coalesce(result.host, delivery.host),
            attempts = delivery.attempts + 1, lease_owner = null, lease_until = null,
            updated_at = result.at
          from result
          where delivery.accepted_day = result.day and delivery.id = result.id
            and delivery.state = 'leased' and ${ownedBy(owner)}
          returning delivery.accepted_day, delivery.organisation_id, delivery.id, delivery.attempts,
            delivery.state, delivery.reply, result.host, delivery.updated_at)
        insert into delivery_attempts (accepted_day, organisation_id, delivery_id, attempt, state,
          reply, host, at)
        select accepted_day, organisation_id, id, attempts, state, reply, host, updated_at from done`);
    },
    release: async (deliveryIds, dueAt, owner) => {
      const keys = deliveryIds.map(({ deliveryId, acceptedAt }) => ({
        day: dayOf(acceptedAt),
        id: deliveryId,
      }));
      await transaction.execute(sql`
        update deliveries delivery set state = 'queued', hold = null,
          due_at = ${iso(dueAt)}::timestamptz, lease_owner = null, lease_until = null
        from jsonb_to_recordset(${asJson(keys)}) as key(day date, id uuid)
        where delivery.accepted_day = key.day and delivery.id = key.id
          and delivery.state = 'leased' and ${ownedBy(owner)}`);
    },
    reclaim: async (now, owner) => {
      const rows = await transaction.execute(sql`
        with expired as (
          select accepted_day, id, organisation_id from deliveries
          where state = 'leased'
            and (lease_until <= ${iso(now)}::timestamptz or lease_owner = ${owner ?? null}::text)
          for update skip locked)
        update deliveries delivery set state = 'queued', hold = null,
          due_at = ${iso(now)}::timestamptz, lease_owner = null, lease_until = null,
          updated_at = ${iso(now)}::timestamptz
        from expired
        where delivery.accepted_day = expired.accepted_day and delivery.id = expired.id
          and delivery.organisation_id = expired.organisation_id
        returning delivery.id`);
      return rows.length;
    },
    nextDue: async (): Promise<Instant | null> => {
      const [row] = await transaction.execute<{ due: string }>(sql`
        with ${HELD}
        select candidate.due_at as due from deliveries candidate
        where ${WAITING} and ${NOT_ON_EVENT_HOLD}
        order by candidate.due_at, candidate.id limit 1`);
      return row === undefined ? null : milliseconds(row.due);
    },
  };
}

/** A lease that ran out may be someone else's by now; without a name only the state is checked. */
function ownedBy(owner: string | undefined) {
  return owner === undefined ? sql`true` : sql`delivery.lease_owner = ${owner}`;
}

async function readLeased(
  transaction: Transaction,
  keys: readonly Key[],
): Promise<readonly LeasedDelivery[]> {
  const days = [...new Set(keys.map((key) => key.day))];
  const rows = await transaction
    .select({ delivery: deliveries, message: messages, mx: domains.tenantMx })
    .from(deliveries)
    .innerJoin(
      messages,
      and(
        eq(messages.acceptedDay, deliveries.acceptedDay),
        eq(messages.id, deliveries.messageId),
        eq(messages.organisationId, deliveries.organisationId),
      ),
    )
    .leftJoin(
      domains,
      and(
        eq(domains.organisationId, deliveries.organisationId),
        sql`${domains.name} = lower(split_part(${deliveries.recipient}, '@', -1))`,
      ),
    )
    .where(
      and(
        inArray(deliveries.acceptedDay, days),
        sql`${deliveries.id} = ${anyUuid(keys.map((key) => key.id))}`,
      ),
    )
    .orderBy(asc(deliveries.dueAt), asc(deliveries.id));
  return rows.map(({ delivery, message, mx }) => ({
    delivery: toDelivery(delivery),
    message: toMessage(message),
    hosts: delivery.route === 'primary' ? bestFirst(mx ?? []) : [],
  }));
}

function bestFirst(mx: readonly MxRecord[]): readonly string[] {
  return mx.toSorted((a, b) => a.preference - b.preference).map(({ exchange }) => exchange);
}

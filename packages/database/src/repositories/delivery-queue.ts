import { sql } from '../drizzle.ts';
import type { DeliveryQueue, DeliveryResult } from '@holdfast/application';
import { classifyReplyLine, dayOf, type Instant } from '@holdfast/domain';
import { anyUuid, asJson, iso, milliseconds, type Transaction } from '../transaction.ts';
import { LEASED_COLUMNS, toLeased, type LeasedRow } from './leased-row.ts';

/** Whose turn may come: open, with a time, not held by an operator, and to be sent by a relay. */
const WAITING = sql`candidate.state in ('queued', 'deferred', 'held') and candidate.due_at is not null
  and candidate.hold is distinct from 'operator'`;

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

type LeaseOptions = Parameters<DeliveryQueue['lease']>[0];

/**
 * A lease is `lease_owner` and `lease_until` on a row whose state stays what it was. Every statement names its day as a
 * constant where it can: with 31 days of partitions, planning for all of them took longer than the work for one.
 */
export function createDeliveryQueue(transaction: Transaction): DeliveryQueue {
  return {
    days: async () => {
      // `limit 1` for each day: as an `exists` it was planned as a join that read all that waits.
      const rows = await transaction.execute<{ day: string }>(sql`
        select day::text from (
          select distinct (regexp_match(inhrelid::regclass::text, '\\d{8}$'))[1]::date as day
          from pg_inherits where inhparent = 'deliveries'::regclass) as known
        cross join lateral (
          select from deliveries candidate
          where candidate.accepted_day = day and ${WAITING}
            and candidate.route in ('primary', 'remote')
          limit 1) as waiting
        order by day`);
      return rows.map(({ day }) => day);
    },
    lease: async (options) => {
      const leased: LeasedRow[] = [];
      for (const day of options.days ?? [null]) {
        const limit = options.limit - leased.length;
        if (limit <= 0) break;
        leased.push(...(await leaseOfDay(transaction, day, { ...options, limit })));
      }
      return toLeased(leased);
    },
    complete: async (results, owner) => {
      if (results.length > 0) await complete(transaction, results, owner);
    },
    release: async (leases, owner) => {
      if (leases.length === 0) return;
      const rows = leases.map(({ deliveryId, acceptedAt, dueAt }) => ({
        day: dayOf(acceptedAt),
        id: deliveryId,
        due: iso(dueAt),
      }));
      await transaction.execute(sql`
        update deliveries delivery set due_at = key.due, lease_owner = null, lease_until = null
        from jsonb_to_recordset(${asJson(rows)}) as key(day date, id uuid, due timestamptz)
        where ${onDaysOf(rows)} and delivery.accepted_day = key.day and delivery.id = key.id
          and ${ownedBy(owner)}`);
    },
    reclaim: async (now, owner) => {
      const rows = await transaction.execute(sql`
        update deliveries set lease_owner = null, lease_until = null
        where state in ('queued', 'deferred', 'held') and due_at is not null
          and lease_owner is not null
          and (lease_until <= ${iso(now)}::timestamptz or lease_owner = ${owner ?? null}::text)
        returning id`);
      return rows.length;
    },
    nextDue: async (): Promise<Instant | null> => {
      const [row] = await transaction.execute<{ due: string | null }>(sql`
        with ${HELD}
        select min(candidate.due_at) as due from deliveries candidate
        where ${WAITING} and candidate.route in ('primary', 'remote') and candidate.lease_owner is null
          and ${NOT_ON_EVENT_HOLD}`);
      return row === undefined || row.due === null ? null : milliseconds(row.due);
    },
  };
}

async function leaseOfDay(
  transaction: Transaction,
  day: string | null,
  { route, now, until, limit, owner, skipOrganisations }: LeaseOptions,
): Promise<readonly LeasedRow[]> {
  const of = (table: string) =>
    day === null ? sql`true` : sql`${sql.raw(table)}.accepted_day = ${constantDay(day)}`;
  const skipped =
    route === 'primary' && skipOrganisations.length > 0
      ? sql`candidate.organisation_id = ${anyUuid(skipOrganisations)}`
      : sql`false`;
  return transaction.execute<LeasedRow>(sql`
    with ${HELD},
    due as (
      select candidate.accepted_day, candidate.id, candidate.organisation_id
      from deliveries candidate
      where ${of('candidate')} and ${WAITING} and candidate.route = ${sql.raw(`'${route}'`)}
        and candidate.due_at <= ${iso(now)}::timestamptz
        -- What we hold ourselves is under way, however long it takes; what somebody else held too long is free.
        and (candidate.lease_owner is null
          or (candidate.lease_until <= ${iso(now)}::timestamptz and candidate.lease_owner <> ${owner}))
        and not ${skipped} and ${NOT_ON_EVENT_HOLD}
      order by candidate.due_at, candidate.id
      limit ${limit}
      for update of candidate skip locked),
    leased as (
      -- No other column: \`updated_at\` is in an index, and the update would not be in place any more.
      update deliveries delivery set lease_owner = ${owner}, lease_until = ${iso(until)}::timestamptz
      from due
      where ${of('delivery')} and delivery.accepted_day = due.accepted_day and delivery.id = due.id
        and delivery.organisation_id = due.organisation_id
      returning delivery.*)
    select ${LEASED_COLUMNS}
    from leased
      join messages message on ${of('message')} and message.accepted_day = leased.accepted_day
        and message.id = leased.message_id and message.organisation_id = leased.organisation_id
      left join domains domain on domain.organisation_id = leased.organisation_id
        and domain.name = lower(split_part(leased.recipient, '@', -1))
    order by leased.due_at, leased.id`);
}

/** State, reply and attempt of many results in one statement. */
async function complete(
  transaction: Transaction,
  results: readonly DeliveryResult[],
  owner: string | undefined,
): Promise<void> {
  const rows = results.map(({ deliveryId, acceptedAt, next, host, tls, at }) => ({
    day: dayOf(acceptedAt),
    id: deliveryId,
    state: next.state,
    hold: next.state === 'held' ? next.hold : null,
    due: 'dueAt' in next ? iso(next.dueAt) : null,
    refusals: next.state === 'held' ? next.refusals : null,
    reply: next.reply,
    replyClass: classifyReplyLine(next.reply),
    host,
    tls,
    at: iso(at),
  }));
  await transaction.execute(sql`
    with result as materialized (
      select * from jsonb_to_recordset(${asJson(rows)}) as row(day date, id uuid, state text,
        hold text, due timestamptz, refusals integer, reply text, "replyClass" text,
        host text, tls text, at timestamptz)),
    done as (
      update deliveries delivery set state = result.state, hold = result.hold,
        due_at = result.due, refusals = coalesce(result.refusals, delivery.refusals),
        reply = result.reply, reply_class = result."replyClass",
        host = coalesce(result.host, delivery.host),
        attempts = delivery.attempts + 1, lease_owner = null, lease_until = null,
        updated_at = result.at
      from result
      where ${onDaysOf(rows)} and delivery.accepted_day = result.day and delivery.id = result.id
        and ${ownedBy(owner)}
      returning delivery.accepted_day, delivery.organisation_id, delivery.id, delivery.attempts,
        delivery.state, delivery.reply, result.host, result.tls, delivery.updated_at)
    insert into delivery_attempts (accepted_day, organisation_id, delivery_id, attempt, state,
      reply, host, tls, at)
    select accepted_day, organisation_id, id, attempts, state, reply, host, tls, updated_at
    from done`);
}

/**
 * Leaves out the partitions of older days at planning time. An open range on purpose: of a day without statistics, such
 * as every new one, the planner takes `accepted_day = constant` for one row in two hundred, and then read the whole day
 * for each batch (measured: 200 ms for 500 results at 20,000 deliveries, growing with them; 15 ms like this).
 */
function onDaysOf(rows: readonly { readonly day: string }[]) {
  const first = rows.reduce((least, { day }) => (day < least ? day : least), rows[0]?.day ?? '');
  return sql`delivery.accepted_day >= ${constantDay(first)}`;
}

/** A lease that ran out may be someone else's by now; without a name only that there is one is asked for. */
function ownedBy(owner: string | undefined) {
  return owner === undefined
    ? sql`delivery.lease_owner is not null`
    : sql`delivery.lease_owner = ${owner}`;
}

/** Constant, so that the planner sees one partition. */
function constantDay(day: string) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error(`"${day}" is no day`);
  return sql.raw(`date '${day}'`);
}

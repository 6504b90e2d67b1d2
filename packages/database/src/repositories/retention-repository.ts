import { and, eq, sql } from '../drizzle.ts';
import type { MovedMessage, RetentionRepository, StandingMessage } from '@holdfast/application';
import { dayOf, OPEN_STATES } from '@holdfast/domain';
import { spoolPositions } from '../schema/installation.ts';
import { asJson, iso, milliseconds, type Transaction } from '../transaction.ts';
import { partOf } from './delivery-counts.ts';

/** In the words of the index of what is open. */
const OPEN = sql.raw(OPEN_STATES.map((state) => `'${state}'`).join(', '));

/**
 * Everything else that happens to mail waits behind these locks, so retention rather tries again. Less than the second
 * after which PostgreSQL looks for a deadlock and fails somebody (`deadlock_timeout`): whoever reads a table before writing to
 * it can be in one with this, and it is retention that gives way.
 */
const LOCK_PATIENCE = '500ms';

export function createRetentionRepository(transaction: Transaction): RetentionRepository {
  return {
    days: async () => {
      const rows = await transaction.execute<{ day: string }>(sql`
        select to_char(to_date(right(child.relname, 8), 'YYYYMMDD'), 'YYYY-MM-DD') as day
        from pg_inherits join pg_class child on child.oid = inhrelid
        where inhparent = 'messages'::regclass and child.relname ~ '_[0-9]{8}$'
        order by 1`);
      return rows.map(({ day }) => day);
    },
    retireDay: async (day, retention) => {
      await transaction.execute(sql.raw(`set local lock_timeout = '${LOCK_PATIENCE}'`));
      const stayed = await countStaying(transaction, day, retention);
      if (stayed > 0) {
        await deleteSettled(transaction, day, retention);
        return stayed;
      }
      // Before the tables, in the order of `holdfast_ensure_day`: the other way round the two would wait for each other.
      await transaction.execute(sql`select pg_advisory_xact_lock(hashtext('holdfast_ensure_day'))`);
      // In the order in which ingest writes them, and as it takes to drop a part of them: whoever asks for more of a table
      // than they have can be failed at once. What changes an item writes to the days of its conversation, which go here.
      await transaction.execute(
        sql`lock table messages, deliveries, mailbox_items in access exclusive mode`,
      );
      // Mail of that day may have come in since: a spool is read again after a database was restored.
      const late = await countStaying(transaction, day, retention);
      if (late > 0) return late;
      await transaction.execute(sql`
        insert into settled_recipients as settled (organisation_id, part, what, recipients)
        select organisation_id, ${partOf(sql`origin`)}, state, count(*)
        from deliveries where accepted_day = ${day}::date group by 1, 2, 3
        ${ADDED}`);
      await transaction.execute(sql`delete from submissions where accepted_day = ${day}::date`);
      await transaction.execute(
        sql`delete from delivery_actions where accepted_day = ${day}::date`,
      );
      await transaction.execute(
        sql`delete from conversation_days where accepted_day = ${day}::date`,
      );
      await transaction.execute(sql`select holdfast_drop_day(${day}::date)`);
      return 0;
    },
    standing: async (records) => standing(transaction, records),
    namedSegments: async () =>
      transaction.execute<{ instance: string; segment: string; messages: number; end: number }>(sql`
        select instance, segment, count(*)::int as messages,
          max("offset" + length)::float8 as "end"
        from messages message
        where erased_at is null and (segment like 'copy-%' or exists (
          select from deliveries waiting
          where waiting.accepted_day = message.accepted_day and waiting.message_id = message.id
            and waiting.organisation_id = message.organisation_id
            and waiting.state in (${OPEN})))
        group by instance, segment`),
    readTo: async (instance, segment) => {
      const [row] = await transaction
        .select({ offset: spoolPositions.offset })
        .from(spoolPositions)
        .where(and(eq(spoolPositions.instance, instance), eq(spoolPositions.segment, segment)));
      return row?.offset ?? null;
    },
    move: async (moved) => move(transaction, moved),
    removeSegment: async ({ instance, segment, end, moved, accepted, at }) => {
      const marked = await transaction.execute(sql`
        insert into spool_positions as known (instance, segment, "offset", removed_at)
        values (${instance}, ${segment}, 0, ${iso(at)}::timestamptz)
        on conflict (instance, segment) do update set removed_at = excluded.removed_at
        where known.removed_at is null
        returning "offset"::float8 as "offset"`);
      const [row] = marked;
      if (row === undefined) throw new Error(`${instance}/${segment} is marked removed already`);
      if (Number(row['offset']) < end)
        throw new Error(`${instance}/${segment} is not read to its end yet`);
      const swapped = await move(transaction, moved);
      if (swapped !== moved.length)
        throw new Error(`${moved.length - swapped} messages of ${segment} were moved by another`);
      await transaction.execute(sql`
        insert into settled_recipients as settled (organisation_id, part, what, recipients)
        select organisation, part, 'accepted', recipients
        from jsonb_to_recordset(${asJson(accepted.map(toCountRow))})
          as row(organisation uuid, part text, recipients bigint)
        ${ADDED}`);
    },
    forgetWords: async ({ organisationId, id, acceptedAt }) => {
      await transaction.execute(sql`
        delete from message_texts where accepted_day = ${dayOf(acceptedAt)}::date
          and message_id = ${id} and organisation_id = ${organisationId}`);
    },
    forgetAttempts: async (before) => {
      // A sign-in removes old ones of its own: two that wait for each other would end both.
      await transaction.execute(sql`
        delete from sign_in_attempts where id in (
          select id from sign_in_attempts where at < ${iso(before)}::timestamptz
          for update skip locked)`);
    },
    removed: async () => {
      const { instance, segment, removedAt } = spoolPositions;
      return transaction
        .select({ instance, segment })
        .from(spoolPositions)
        .where(sql`${removedAt} is not null`);
    },
    forget: async ({ instance, segment }) => {
      await transaction.execute(
        sql`delete from search_positions where instance = ${instance} and segment = ${segment}`,
      );
      await transaction
        .delete(spoolPositions)
        .where(
          and(
            eq(spoolPositions.instance, instance),
            eq(spoolPositions.segment, segment),
            sql`${spoolPositions.removedAt} is not null`,
          ),
        );
    },
  };
}

const ADDED = sql`on conflict (organisation_id, part, what)
  do update set recipients = settled.recipients + excluded.recipients`;

function toCountRow(count: {
  readonly organisationId: string;
  readonly part: string;
  readonly recipients: number;
}): unknown {
  const { organisationId, part, recipients } = count;
  return { organisation: organisationId, part, recipients };
}

/** Messages of a day that stay: see the port. By the index of what is open: of an old day that is next to nothing. */
function staying(day: string, retention: number) {
  return sql`
    select waiting.message_id as id, waiting.organisation_id from deliveries waiting
    where waiting.accepted_day = ${day}::date and waiting.state in (${OPEN})
    union
    select message.id, message.organisation_id
    from emergency_events event
      join messages message on message.organisation_id = event.organisation_id
        and message.accepted_day = ${day}::date
        and message.accepted_at >= event.started_at - ${retention}::float8 * interval '1 millisecond'
    where event.phase in ('active', 'recovering')`;
}

async function countStaying(
  transaction: Transaction,
  day: string,
  retention: number,
): Promise<number> {
  const [row] = await transaction.execute<{ stayed: number }>(
    sql`select count(*)::int as stayed from (${staying(day, retention)}) found`,
  );
  return row?.stayed ?? 0;
}

/** One statement: what is counted is what is deleted. */
async function deleteSettled(
  transaction: Transaction,
  day: string,
  retention: number,
): Promise<void> {
  const goes = sql`not exists (select from staying
    where staying.organisation_id = old.organisation_id and staying.id =`;
  await transaction.execute(sql`
    with staying as materialized (${staying(day, retention)}),
    gone as (
      delete from deliveries old where accepted_day = ${day}::date and ${goes} old.message_id)
      returning organisation_id, id, origin, state),
    attempts as (
      delete from delivery_attempts old using gone where old.accepted_day = ${day}::date
        and old.delivery_id = gone.id and old.organisation_id = gone.organisation_id),
    actions as (
      delete from delivery_actions old using gone where old.accepted_day = ${day}::date
        and old.delivery_id = gone.id and old.organisation_id = gone.organisation_id),
    words as (
      delete from message_texts old where accepted_day = ${day}::date and ${goes} old.message_id)),
    items as (
      delete from mailbox_items old where accepted_day = ${day}::date and ${goes} old.message_id)),
    sent as (
      delete from submissions old where accepted_day = ${day}::date and ${goes} old.message_id)),
    bodies as (
      delete from messages old where accepted_day = ${day}::date and ${goes} old.id))
    insert into settled_recipients as settled (organisation_id, part, what, recipients)
    select organisation_id, ${partOf(sql`origin`)}, state, count(*) from gone group by 1, 2, 3
    ${ADDED}`);
}

async function standing(
  transaction: Transaction,
  records: readonly { readonly id: string; readonly acceptedAt: number }[],
): Promise<readonly StandingMessage[]> {
  const keys = records.map(({ id, acceptedAt }) => ({ id, day: dayOf(acceptedAt) }));
  const rows = await transaction.execute<{
    id: string;
    organisation: string;
    acceptedAt: string;
    instance: string;
    segment: string;
    offset: number;
    length: number;
    open: boolean;
    settledAt: string | null;
  }>(sql`
    select message.id, message.organisation_id as organisation,
      message.accepted_at as "acceptedAt", message.instance, message.segment,
      message."offset"::float8 as "offset", message.length::float8 as length,
      coalesce(state.open, false) as open, state.settled_at as "settledAt"
    from jsonb_to_recordset(${asJson(keys)}) as key(id uuid, day date)
      join messages message on message.accepted_day = key.day and message.id = key.id
      left join lateral (
        select bool_or(delivery.state in (${OPEN})) as open,
          max(delivery.updated_at) as settled_at
        from deliveries delivery where delivery.accepted_day = key.day
          and delivery.organisation_id = message.organisation_id
          and delivery.message_id = message.id) state on true`);
  return rows.map(({ id, organisation, acceptedAt, open, settledAt, ...reference }) => ({
    id,
    organisationId: organisation,
    acceptedAt: milliseconds(acceptedAt),
    reference,
    open,
    settledAt: settledAt === null ? null : milliseconds(settledAt),
  }));
}

async function move(transaction: Transaction, moved: readonly MovedMessage[]): Promise<number> {
  if (moved.length === 0) return 0;
  const rows = moved.map(({ id, organisationId, acceptedAt, from, to }) => ({
    id,
    organisation: organisationId,
    day: dayOf(acceptedAt),
    fromInstance: from.instance,
    fromSegment: from.segment,
    fromOffset: from.offset,
    ...to,
  }));
  const swapped = await transaction.execute(sql`
    update messages message set instance = row.instance, segment = row.segment,
      "offset" = row."offset", length = row.length
    from jsonb_to_recordset(${asJson(rows)}) as row(id uuid, organisation uuid, day date,
      "fromInstance" text, "fromSegment" text, "fromOffset" bigint,
      instance text, segment text, "offset" bigint, length bigint)
    where message.accepted_day = row.day and message.id = row.id
      and message.organisation_id = row.organisation and message.instance = row."fromInstance"
      and message.segment = row."fromSegment" and message."offset" = row."fromOffset"
    returning message.id`);
  return swapped.length;
}

import { and, count, eq, inArray, isNull, sql } from '../drizzle.ts';
import type { DeliveryKey, LockedDelivery, QueueRepository } from '@holdfast/application';
import { dayOf, queueStateOf, type OpenState } from '@holdfast/domain';
import type { SQL } from 'drizzle-orm';
import { deliveries, messages } from '../schema/mail.ts';
import { deliveryActions } from '../schema/queue.ts';
import { anyUuid, asJson, iso, milliseconds, type Transaction } from '../transaction.ts';
import { INBOUND_ORIGINS } from './delivery-counts.ts';
import { toDelivery } from './message-row.ts';
import { createQueueActionStore } from './queue-action-store.ts';
import { asksForSender, pastCursor, queueConditions, queueOrder } from './queue-filter.ts';
import { MESSAGE_OF_DELIVERY, withMessages } from './queued-row.ts';
import { readHistory } from './message-history.ts';

const inbound = sql.raw(INBOUND_ORIGINS.map((origin) => `'${origin}'`).join(', '));

export function createQueueRepository(
  transaction: Transaction,
  organisationId: string,
): QueueRepository {
  const own = eq(deliveries.organisationId, organisationId);
  const lockable = () =>
    transaction
      .select({
        delivery: deliveries,
        envelopeFrom: messages.envelopeFrom,
        author: sql<string | null>`${messages.summary} -> 'from' ->> 'address'`,
      })
      .from(deliveries)
      .innerJoin(messages, MESSAGE_OF_DELIVERY);
  return {
    page: async (query) => {
      const from = transaction.select({ delivery: deliveries }).from(deliveries).$dynamic();
      const joined = asksForSender(query) ? from.innerJoin(messages, MESSAGE_OF_DELIVERY) : from;
      const found = await joined
        .where(and(own, ...queueConditions(query), pastCursor(query)))
        .orderBy(queueOrder(query))
        .limit(query.limit + 1);
      const page = found.slice(0, query.limit).map(({ delivery }) => delivery);
      const rows = await withMessages(transaction, organisationId, page);
      return {
        rows: query.before === null ? rows : rows.toReversed(),
        more: found.length > query.limit,
      };
    },
    count: async (filter) => {
      const from = transaction.select({ rows: count() }).from(deliveries).$dynamic();
      const joined = asksForSender(filter) ? from.innerJoin(messages, MESSAGE_OF_DELIVERY) : from;
      const [counted] = await joined.where(and(own, ...queueConditions(filter)));
      return counted?.rows ?? 0;
    },
    counts: async () => {
      const rows = await transaction.execute<CountRow>(sql`
        select case when lease_owner is null then state else 'leased' end as state,
          case when lease_owner is null then hold end as hold, reply_class as reason, origin in (${inbound}) as inbound,
          count(*)::int as count, min(accepted_at) as oldest
        from deliveries
        where organisation_id = ${organisationId}
          and state in ('queued', 'leased', 'deferred', 'held', 'quarantined')
        group by 1, 2, 3, 4`);
      return rows.map((row) => ({
        state: queueStateOf(row.state, row.hold),
        reason: row.reason ?? 'not-tried',
        direction: row.inbound ? 'inbound' : 'outbound',
        count: row.count,
        oldest: milliseconds(row.oldest),
      }));
    },
    lock: async (keys) => {
      if (keys.length === 0) return [];
      const named = and(own, ...whereKeys(keys));
      const locked = await lockable()
        .where(and(named, NOT_LEASED))
        .orderBy(deliveries.acceptedAt, deliveries.id)
        .for('update', { of: deliveries });
      const rest = keys.filter(({ id }) => !locked.some(({ delivery }) => delivery.id === id));
      if (rest.length === 0) return locked.map(toLocked);
      // Leased a moment ago, whatever they are by now: without their lock nothing is decided about them.
      const leased = await lockable().where(and(own, ...whereKeys(rest)));
      return [
        ...locked.map(toLocked),
        ...leased.map((row) =>
          toLocked({ ...row, delivery: { ...row.delivery, state: 'leased' } }),
        ),
      ];
    },
    lockMatching: async (filter, { acceptedUntil, after, limit }) => {
      const past =
        after === null
          ? undefined
          : sql`(${deliveries.acceptedAt}, ${deliveries.id})
              > (${iso(after.acceptedAt)}::timestamptz, ${after.id}::uuid)`;
      const rows = await lockable()
        .where(
          and(
            own,
            NOT_LEASED,
            ...queueConditions(filter),
            sql`${deliveries.acceptedAt} <= ${iso(acceptedUntil)}::timestamptz`,
            past,
          ),
        )
        .orderBy(deliveries.acceptedAt, deliveries.id)
        .limit(limit)
        .for('update', { of: deliveries });
      return rows.map(toLocked);
    },
    apply: async (changes) => {
      if (changes.length === 0) return;
      const rows = changes.map(({ key, next, action }) => ({
        day: dayOf(key.acceptedAt),
        id: key.id,
        state: next.state,
        hold: next.hold,
        due: next.dueAt === null ? null : iso(next.dueAt),
        refusals: next.refusals,
        reply: next.reply,
        at: iso(action.at),
      }));
      await transaction.execute(sql`
        update deliveries delivery set state = change.state, hold = change.hold,
          due_at = change.due, refusals = change.refusals,
          reply = coalesce(change.reply, delivery.reply),
          reply_class = case when change.reply is null then delivery.reply_class end,
          updated_at = change.at
        from jsonb_to_recordset(${asJson(rows)}) as change(day date, id uuid, state text,
          hold text, due timestamptz, refusals integer, reply text, at timestamptz)
        where delivery.accepted_day = change.day and delivery.id = change.id
          and delivery.organisation_id = ${organisationId}`);
      await transaction.insert(deliveryActions).values(
        changes.map(({ key, action }) => ({
          organisationId,
          deliveryId: key.id,
          acceptedDay: dayOf(key.acceptedAt),
          ...action,
        })),
      );
    },
    find: async (ids) => {
      if (ids.length === 0) return [];
      return transaction
        .select({ id: deliveries.id, acceptedAt: deliveries.acceptedAt })
        .from(deliveries)
        .where(and(own, sql`${deliveries.id} = ${anyUuid(ids)}`));
    },
    history: (id) => readHistory(transaction, organisationId, id),
    ...createQueueActionStore(transaction, organisationId),
  };
}

/**
 * The relay writes results to many leased rows in an order of its own: locking some of them meanwhile would be a
 * deadlock. All other rows it takes only when nobody holds them.
 */
const NOT_LEASED = isNull(deliveries.leaseOwner);

function whereKeys(keys: readonly DeliveryKey[]): readonly SQL[] {
  const days = [...new Set(keys.map(({ acceptedAt }) => dayOf(acceptedAt)))];
  return [
    inArray(deliveries.acceptedDay, days),
    sql`${deliveries.id} = ${anyUuid(keys.map(({ id }) => id))}`,
  ];
}

interface CountRow extends Record<string, unknown> {
  readonly state: OpenState;
  readonly hold: typeof deliveries.$inferSelect.hold;
  readonly reason: typeof deliveries.$inferSelect.replyClass;
  readonly inbound: boolean;
  readonly count: number;
  readonly oldest: string;
}

function toLocked(row: {
  readonly delivery: typeof deliveries.$inferSelect;
  readonly envelopeFrom: string;
  readonly author: string | null;
}): LockedDelivery {
  return { ...row, delivery: toDelivery(row.delivery) };
}

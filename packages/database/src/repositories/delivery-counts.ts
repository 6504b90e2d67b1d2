import { and, count, eq, inArray, sql } from '../drizzle.ts';
import type { SQL } from 'drizzle-orm';
import { OPEN_STATES, TERMINAL_STATES, type DeliveryState } from '@holdfast/domain';
import { deliveries } from '../schema/mail.ts';
import type { Transaction } from '../transaction.ts';

type Part = 'inbound' | 'outbound' | 'notices';

const ORIGINS = {
  inbound: ['inbound', 'seed'],
  outbound: ['submission'],
  notices: ['notice', 'bounce'],
} as const;

export const INBOUND_ORIGINS = ORIGINS.inbound;

/** A lease is stored beside the state and shown in its place. */
export const SHOWN_STATE = sql<DeliveryState>`case when ${deliveries.leaseOwner} is null
  then ${deliveries.state} else 'leased' end`;

/** Every state has a number, 0 included: the ledger adds them up. */
export async function countDeliveries(
  transaction: Transaction,
  organisationId: string,
  part: Part,
): Promise<Readonly<Record<DeliveryState, number>>> {
  const rows = await transaction
    .select({ state: SHOWN_STATE, rows: count() })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.organisationId, organisationId),
        inArray(deliveries.origin, [...ORIGINS[part]]),
      ),
    )
    .groupBy(sql`1`);
  const counts: Partial<Record<DeliveryState, number>> = {};
  for (const state of [...OPEN_STATES, ...TERMINAL_STATES]) {
    counts[state] = rows.find((row) => row.state === state)?.rows ?? 0;
  }
  return counts as Record<DeliveryState, number>;
}

/** The part of the ledger that an origin counts in, in SQL. */
export function partOf(origin: SQL): SQL {
  const among = (part: Part): SQL => sql.raw(ORIGINS[part].map((name) => `'${name}'`).join(', '));
  return sql`case when ${origin} in (${among('inbound')}) then 'inbound'
    when ${origin} in (${among('outbound')}) then 'outbound' else 'notices' end`;
}

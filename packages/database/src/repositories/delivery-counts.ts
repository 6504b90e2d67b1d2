import { sql } from '../drizzle.ts';
import type { SQL } from 'drizzle-orm';
import type { DeliveryState } from '@holdfast/domain';
import { deliveries } from '../schema/mail.ts';

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

/** The part of the ledger that an origin counts in, in SQL. */
export function partOf(origin: SQL): SQL {
  const among = (part: Part): SQL => sql.raw(ORIGINS[part].map((name) => `'${name}'`).join(', '));
  return sql`case when ${origin} in (${among('inbound')}) then 'inbound'
    when ${origin} in (${among('outbound')}) then 'outbound' else 'notices' end`;
}

import { sql } from '../drizzle.ts';
import type { QueueCursor, QueueFilter, QueueQuery, QueueSort } from '@holdfast/application';
import { OPEN_STATES, storedStateOf } from '@holdfast/domain';
import type { SQL } from 'drizzle-orm';
import { deliveries, messages } from '../schema/mail.ts';
import { anyText, iso } from '../transaction.ts';
import { INBOUND_ORIGINS } from './delivery-counts.ts';
import { partOf } from './queued-row.ts';

const inbound = sql.raw(INBOUND_ORIGINS.map((origin) => `'${origin}'`).join(', '));
/** Literal, so that the planner sees that the index on open deliveries will do. */
const open = sql.raw(OPEN_STATES.map((state) => `'${state}'`).join(', '));

/** Conditions on deliveries, and where the sender matters on their messages. */
export function queueConditions(filter: QueueFilter): SQL[] {
  const found: SQL[] = [sql`${deliveries.state} in (${open})`];
  if (filter.states !== null) found.push(oneOf(filter.states.map(stateCondition)));
  if (filter.reasons !== null) found.push(reasonCondition(filter.reasons));
  if (filter.direction !== null) {
    const is = filter.direction === 'inbound' ? sql`in` : sql`not in`;
    found.push(sql`${deliveries.origin} ${is} (${inbound})`);
  }
  const recipient = filter.recipient.trim().toLowerCase();
  if (recipient !== '') found.push(sql`${deliveries.recipient} like ${partOf(recipient)}`);
  const sender = filter.sender.trim().toLowerCase();
  if (sender !== '') found.push(sql`${messages.sender} like ${partOf(sender)}`);
  const search = filter.search.trim().toLowerCase();
  if (search !== '') {
    const part = partOf(search);
    found.push(sql`(${deliveries.recipient} like ${part} or ${messages.sender} like ${part})`);
  }
  const domain = filter.domain.trim().toLowerCase().replace(/^@/, '');
  if (domain !== '') {
    found.push(sql`(split_part(${deliveries.recipient}, '@', -1) = ${domain}
      or split_part(${messages.sender}, '@', -1) = ${domain})`);
  }
  if (filter.acceptedBefore !== null) {
    found.push(sql`${deliveries.acceptedAt} < ${iso(filter.acceptedBefore)}::timestamptz`);
  }
  return found;
}

/** Whether counting needs the messages. */
export function asksForSender({ sender, search, domain }: QueueFilter): boolean {
  return [sender, search, domain].some((text) => text.trim() !== '');
}

/** A lease is stored beside the state and shown in its place. */
function stateCondition(name: NonNullable<QueueFilter['states']>[number]): SQL {
  if (name === 'leased') return sql`${deliveries.leaseOwner} is not null`;
  const { state, hold } = storedStateOf(name);
  const stored = sql`${deliveries.state} = ${state} and ${deliveries.leaseOwner} is null`;
  switch (hold) {
    case 'review':
      return sql`(${stored} and ${deliveries.hold} is distinct from 'operator')`;
    case 'operator':
      return sql`(${stored} and ${deliveries.hold} = 'operator')`;
    case null:
      return sql`(${stored})`;
  }
}

function reasonCondition(reasons: NonNullable<QueueFilter['reasons']>): SQL {
  const classes = reasons.filter((reason) => reason !== 'not-tried');
  const asked = sql`${deliveries.replyClass} = ${anyText(classes)}`;
  return classes.length === reasons.length
    ? asked
    : sql`(${asked} or ${deliveries.replyClass} is null)`;
}

function oneOf(conditions: readonly SQL[]): SQL {
  return conditions.length === 0 ? sql`false` : sql`(${sql.join([...conditions], sql` or `)})`;
}

/** Keyset: the rows past the cursor, in an order in which every row has a place of its own. */
export function pastCursor(query: QueueQuery): SQL | undefined {
  const cursor = query.after ?? query.before;
  if (cursor === null) return undefined;
  const upwards = query.descending === (query.after === null);
  const place = sql`(${cursorValue(query.sort, cursor)}, ${cursor.id}::uuid)`;
  const row = sql`(${sortKey(query.sort)}, ${deliveries.id})`;
  return upwards ? sql`${row} > ${place}` : sql`${row} < ${place}`;
}

export function queueOrder(query: QueueQuery): SQL {
  const upwards = query.descending === (query.before !== null);
  const way = upwards ? sql`asc` : sql`desc`;
  return sql`${sortKey(query.sort)} ${way}, ${deliveries.id} ${way}`;
}

function sortKey(sort: QueueSort): SQL {
  switch (sort) {
    case 'accepted':
      return sql`${deliveries.acceptedAt}`;
    case 'due':
      return sql`coalesce(${deliveries.dueAt}, 'infinity')`;
    case 'attempts':
      return sql`${deliveries.attempts}`;
    case 'recipient':
      return sql`${deliveries.recipient}`;
  }
}

function cursorValue(sort: QueueSort, { value }: QueueCursor): SQL {
  switch (sort) {
    case 'accepted':
    case 'due':
      return typeof value === 'number'
        ? sql`${iso(value)}::timestamptz`
        : sql`'infinity'::timestamptz`;
    case 'attempts':
      return sql`${Number(value)}::integer`;
    case 'recipient':
      return sql`${String(value)}::text`;
  }
}

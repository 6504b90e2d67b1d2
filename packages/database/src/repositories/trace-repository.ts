import { and, desc, eq, sql } from '../drizzle.ts';
import type { TraceQuery, TraceRepository } from '@holdfast/application';
import { dayOf } from '@holdfast/domain';
import type { SQL } from 'drizzle-orm';
import { deliveries, messages } from '../schema/mail.ts';
import { iso, type Transaction } from '../transaction.ts';
import { MESSAGE_OF_DELIVERY, partOf, QUEUED_COLUMNS, toQueued } from './queued-row.ts';

/** Something before the `@` and a dot after it: looked up as a whole, by an index. */
const WHOLE_ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function createTraceRepository(
  transaction: Transaction,
  organisationId: string,
): TraceRepository {
  const own = eq(deliveries.organisationId, organisationId);
  return {
    page: async (query) => {
      const rows = await transaction
        .select(QUEUED_COLUMNS)
        .from(deliveries)
        .innerJoin(messages, MESSAGE_OF_DELIVERY)
        .where(
          and(
            own,
            ...withinTime(query, deliveries),
            ...deliveryConditions(query),
            startsFromRecipient(query)
              ? and(...messageConditions(query))
              : amongMessages(query, organisationId),
            pastCursor(query),
          ),
        )
        .orderBy(desc(deliveries.acceptedAt), desc(deliveries.messageId), desc(deliveries.id))
        .limit(query.limit + 1);
      return {
        rows: rows.slice(0, query.limit).map(toQueued),
        more: rows.length > query.limit,
      };
    },
  };
}

/** What names recipients or records is looked up among deliveries; all else begins with the messages. */
function startsFromRecipient(query: TraceQuery): boolean {
  return query.recipient.trim() !== '' || query.recordId !== null;
}

/**
 * The newest messages that match, as many as a page can show: found in one index, where the planner would otherwise
 * look at the message of every delivery of thirty days.
 */
function amongMessages(query: TraceQuery, organisationId: string): SQL {
  const { after } = query;
  // One beyond the page tells whether there is more; the message of the cursor may have no recipients left to show.
  const most = query.limit + (after === null ? 1 : 2);
  const wanted = and(
    eq(messages.organisationId, organisationId),
    ...withinTime(query, messages),
    ...messageConditions(query),
    after === null
      ? undefined
      : sql`(${messages.acceptedAt}, ${messages.id})
          <= (${iso(after.acceptedAt)}::timestamptz, ${after.messageId}::uuid)`,
  );
  return sql`(${deliveries.acceptedDay}, ${deliveries.messageId}) in (
    select accepted_day, id from (
      select ${messages.acceptedDay}, ${messages.id} from ${messages} where ${wanted}
      order by ${messages.acceptedAt} desc, ${messages.id} desc limit ${most}) found)`;
}

function messageConditions(query: TraceQuery): SQL[] {
  const found: SQL[] = [];
  const sender = query.sender.trim().toLowerCase();
  if (sender !== '') found.push(addressCondition(sql`${messages.sender}`, sender));
  const subject = query.subject.trim().toLowerCase();
  if (subject !== '') found.push(sql`${messages.subject} like ${partOf(subject)}`);
  const bare = query.rfcMessageId.trim().replaceAll(/^<|>$/g, '');
  if (bare !== '') found.push(sql`${messages.messageId} = ${`<${bare}>`}`);
  return found;
}

function deliveryConditions(query: TraceQuery): SQL[] {
  const found: SQL[] = [];
  const recipient = query.recipient.trim().toLowerCase();
  if (recipient !== '') found.push(addressCondition(sql`${deliveries.recipient}`, recipient));
  if (query.recordId !== null) {
    found.push(
      sql`(${deliveries.messageId} = ${query.recordId} or ${deliveries.id} = ${query.recordId})`,
    );
  }
  return found;
}

function addressCondition(column: SQL, wanted: string): SQL {
  return WHOLE_ADDRESS.test(wanted)
    ? sql`${column} = ${wanted}`
    : sql`${column} like ${partOf(wanted)}`;
}

/** The day as well: whole partitions are then not looked at. */
function withinTime(
  { since, until }: TraceQuery,
  table: typeof deliveries | typeof messages,
): SQL[] {
  const found: SQL[] = [];
  if (since !== null) {
    found.push(sql`${table.acceptedDay} >= ${dayOf(since)}::date`);
    found.push(sql`${table.acceptedAt} >= ${iso(since)}::timestamptz`);
  }
  if (until !== null) {
    found.push(sql`${table.acceptedDay} <= ${dayOf(until)}::date`);
    found.push(sql`${table.acceptedAt} <= ${iso(until)}::timestamptz`);
  }
  return found;
}

function pastCursor({ after }: TraceQuery): SQL | undefined {
  if (after === null) return undefined;
  return sql`(${deliveries.acceptedAt}, ${deliveries.messageId}, ${deliveries.id})
    < (${iso(after.acceptedAt)}::timestamptz, ${after.messageId}::uuid, ${after.id}::uuid)`;
}

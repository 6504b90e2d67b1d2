import { and, desc, eq, inArray, sql } from '../drizzle.ts';
import type { TraceQuery, TraceRepository } from '@holdfast/application';
import { dayOf } from '@holdfast/domain';
import type { SQL } from 'drizzle-orm';
import { deliveries, messages } from '../schema/mail.ts';
import { anyUuid, iso, type Transaction } from '../transaction.ts';
import { MESSAGE_OF_DELIVERY, partOf, withMessages } from './queued-row.ts';

/** Something before the `@` and a dot after it: looked up as a whole, by an index. */
const WHOLE_ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function createTraceRepository(
  transaction: Transaction,
  organisationId: string,
): TraceRepository {
  const own = eq(deliveries.organisationId, organisationId);
  return {
    page: async (query) => {
      const among = startsFromRecipient(query) ? messageConditions(query) : [];
      const named = startsFromRecipient(query)
        ? undefined
        : ofMessages(await findMessages(transaction, organisationId, query));
      const from = transaction.select({ delivery: deliveries }).from(deliveries).$dynamic();
      const joined = among.length === 0 ? from : from.innerJoin(messages, MESSAGE_OF_DELIVERY);
      const rows = await joined
        .where(
          and(
            own,
            named,
            ...among,
            ...withinTime(query, deliveries),
            ...deliveryConditions(query),
            pastCursor(query),
          ),
        )
        .orderBy(desc(deliveries.acceptedAt), desc(deliveries.messageId), desc(deliveries.id))
        .limit(query.limit + 1);
      const page = rows.slice(0, query.limit).map(({ delivery }) => delivery);
      return {
        rows: await withMessages(transaction, organisationId, page),
        more: rows.length > query.limit,
      };
    },
  };
}

/** What names recipients or records is looked up among deliveries; all else begins with the messages. */
function startsFromRecipient(query: TraceQuery): boolean {
  return query.recipient.trim() !== '' || query.recordId !== null;
}

interface MessageKey {
  readonly day: string;
  readonly id: string;
}

/**
 * The newest messages that match, as many as a page can show: found in one index, and by a statement of their own, so
 * that the next one names days and messages, and is planned for those alone.
 */
async function findMessages(
  transaction: Transaction,
  organisationId: string,
  query: TraceQuery,
): Promise<readonly MessageKey[]> {
  const { after } = query;
  const past =
    after === null
      ? undefined
      : sql`(${messages.acceptedAt}, ${messages.id})
          <= (${iso(after.acceptedAt)}::timestamptz, ${after.messageId}::uuid)`;
  return (
    transaction
      .select({ day: messages.acceptedDay, id: messages.id })
      .from(messages)
      .where(
        and(
          eq(messages.organisationId, organisationId),
          ...withinTime(query, messages),
          ...messageConditions(query),
          past,
        ),
      )
      .orderBy(desc(messages.acceptedAt), desc(messages.id))
      // One beyond the page tells whether there is more; the cursor's message may have no recipients left to show.
      .limit(query.limit + (after === null ? 1 : 2))
  );
}

function ofMessages(keys: readonly MessageKey[]): SQL | undefined {
  if (keys.length === 0) return sql`false`;
  const days = [...new Set(keys.map(({ day }) => day))];
  return and(
    inArray(deliveries.acceptedDay, days),
    sql`${deliveries.messageId} = ${anyUuid(keys.map(({ id }) => id))}`,
  );
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

import { and, desc, eq, gte, inArray, isNull, lt, or, sql } from '../drizzle.ts';
import type { MailboxRepository, SearchPosition } from '@holdfast/application';
import { asksOfViews, DAY, dayOf, isEmptySearch, type MailSearch } from '@holdfast/domain';
import type { SQL } from 'drizzle-orm';
import { mailboxItems } from '../schema/mail.ts';
import { anyUuid, iso, milliseconds, textArray, type Transaction } from '../transaction.ts';
import { listItems } from './mailbox-items.ts';
import { toQuery } from './search-vector.ts';

/** The newest of a mailbox that are looked at for whether they can be found yet. */
const LOOKED_AT = 50;

/** Searching one mailbox. */
export function createFoundItems(
  transaction: Transaction,
  organisationId: string,
): Pick<MailboxRepository, 'search' | 'unsearchedSince'> {
  const own = eq(mailboxItems.organisationId, organisationId);
  return {
    search: async (userId, search, since, limit, before) => {
      if (isEmptySearch(search)) return { items: [], next: null };
      const found = await transaction.execute<{ day: string; id: string }>(
        asksOfViews(search)
          ? searchViews(userId, search, since, limit + 1, before)
          : searchWords(userId, search, since, limit + 1, before),
      );
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      const items =
        shown.length === 0
          ? []
          : await transaction
              .select()
              .from(mailboxItems)
              .where(
                and(
                  own,
                  eq(mailboxItems.userId, userId),
                  inArray(mailboxItems.acceptedDay, [...new Set(shown.map(({ day }) => day))]),
                  sql`${mailboxItems.messageId} = ${anyUuid(shown.map(({ id }) => id))}`,
                  // Mail to oneself has two views, of which one may be asked for.
                  ...conditionsOf(search),
                ),
              )
              .orderBy(desc(mailboxItems.acceptedDay), desc(mailboxItems.messageId));
      return {
        items: await listItems(transaction, organisationId, items),
        next:
          found.length > limit && last !== undefined
            ? { acceptedAt: Date.parse(last.day), messageId: last.id }
            : null,
      };
    },
    unsearchedSince: async (userId, since) => {
      const [row] = await transaction.execute<{ since: string | null }>(sql`
        select holdfast_unsearched_since(${userId}::uuid, ${iso(since)}::timestamptz, ${LOOKED_AT}) as since`);
      return row?.since == null ? null : milliseconds(row.since);
    },
  };
}

function searchWords(
  userId: string,
  search: MailSearch,
  since: number,
  limit: number,
  before: SearchPosition,
): SQL {
  return sql`
    select accepted_day::text as day, message_id as id from holdfast_search(${userId}::uuid,
      ${toQuery(search)}, ${dayOf(since)}::date, ${dayOf(before.acceptedAt)}::date,
      ${before.messageId}::uuid, ${limit})`;
}

/** Mail is received when it is accepted, or a little later where it could be taken back. */
const SHOWN_LATE = DAY;

function searchViews(
  userId: string,
  search: MailSearch,
  since: number,
  limit: number,
  before: SearchPosition,
): SQL {
  const { folders, ownFolders, isUnread, isFlagged, from, until } = search;
  const oldest = Math.max(since, (from ?? since) - SHOWN_LATE);
  // Days after the last that is asked for need not be looked at. On the day of `before` what follows its id is left out.
  const isEarlier = until !== null && dayOf(until) < dayOf(before.acceptedAt);
  const newest = isEarlier ? until : before.acceptedAt;
  const beforeId = isEarlier ? 'ffffffff-ffff-ffff-ffff-ffffffffffff' : before.messageId;
  return sql`
    select accepted_day::text as day, message_id as id from holdfast_search_views(${userId}::uuid,
      ${toQuery(search)}, ${dayOf(oldest)}::date, ${dayOf(newest)}::date, ${beforeId}::uuid, ${limit},
      ${folders === null ? sql`null` : textArray(folders)}::text[],
      ${ownFolders === null ? sql`null` : textArray(ownFolders)}::text[],
      ${isUnread}::boolean, ${isFlagged}::boolean,
      ${from === null ? null : iso(from)}::timestamptz, ${until === null ? null : iso(until)}::timestamptz)`;
}

function conditionsOf({
  folders,
  ownFolders,
  isUnread,
  isFlagged,
  from,
  until,
}: MailSearch): readonly (SQL | undefined)[] {
  const conditions: (SQL | undefined)[] = [];
  const places: (SQL | undefined)[] = [];
  if (folders !== null) places.push(inArray(mailboxItems.folder, [...folders]));
  if (ownFolders !== null)
    places.push(
      and(inArray(mailboxItems.ownFolder, [...ownFolders]), isNull(mailboxItems.movedAt)),
    );
  if (places.length > 0) conditions.push(or(...places));
  if (isUnread !== null) conditions.push(eq(mailboxItems.isRead, !isUnread));
  if (isFlagged !== null) conditions.push(eq(mailboxItems.isFlagged, isFlagged));
  if (from !== null) conditions.push(gte(mailboxItems.receivedAt, from));
  if (until !== null) conditions.push(lt(mailboxItems.receivedAt, until));
  return conditions;
}

import { and, asc, desc, eq, gte, lte, sql } from '../drizzle.ts';
import type { MailboxListItem, MailboxRepository } from '@holdfast/application';
import { DAY, dayOf, type Instant, type MailFolder } from '@holdfast/domain';
import { mailboxItems } from '../schema/mail.ts';
import { iso, textArray, type Transaction } from '../transaction.ts';
import { folderItems, listItems } from './mailbox-items.ts';

type ItemRow = typeof mailboxItems.$inferSelect;

/** Looked at before a page is given out short: somebody may have a conversation of thousands. */
const MOST_ROUNDS = 5;
/** Messages of one conversation that are acted on and shown at once. */
const MOST_OF_ONE = 500;
/** Mail that can be taken back is received later than it was accepted; by less than this. */
const SHOWN_LATE = DAY;

interface Figures {
  readonly conversation: string;
  readonly newest: string | null;
  readonly ids: readonly string[];
  readonly unreadIds: readonly string[];
  readonly count: number;
  readonly unread: number;
}

export function createConversationPages(
  transaction: Transaction,
  organisationId: string,
): Pick<MailboxRepository, 'conversations' | 'conversation'> {
  const own = (userId: string) =>
    and(eq(mailboxItems.organisationId, organisationId), eq(mailboxItems.userId, userId));
  return {
    conversations: async (userId, folder, window, limit, before) => {
      const kept: { readonly item: ItemRow; readonly figures: Figures }[] = [];
      let from = before;
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        const wanted = (limit + 1) * (round === 0 ? 2 : 4);
        const items = await folderItems(transaction, organisationId, {
          userId,
          folder,
          since: window.since,
          limit: wanted,
          before: from,
        });
        const figures = await figuresOf(transaction, organisationId, userId, folder, window, items);
        for (const item of items) {
          const those = figures.get(item.conversation);
          if (those?.newest === item.id) kept.push({ item, figures: those });
        }
        const last = items.at(-1);
        from = last === undefined ? from : { receivedAt: last.receivedAt, id: last.id };
        if (items.length < wanted) return pageOf(transaction, organisationId, kept, limit, null);
        if (kept.length > limit) break;
      }
      return pageOf(transaction, organisationId, kept, limit, from);
    },
    conversation: async (userId, itemId, window) => {
      const [opened] = await transaction
        .select()
        .from(mailboxItems)
        .where(and(own(userId), eq(mailboxItems.id, itemId)));
      if (opened === undefined) return [];
      const items = await transaction
        .select()
        .from(mailboxItems)
        .where(
          and(
            own(userId),
            eq(mailboxItems.conversation, opened.conversation),
            gte(mailboxItems.acceptedDay, dayOf(window.since - SHOWN_LATE)),
            gte(mailboxItems.receivedAt, window.since),
            lte(mailboxItems.receivedAt, window.until),
            sql`(${mailboxItems.folder} not in ('deleted', 'junk') or ${mailboxItems.folder} = ${opened.folder})`,
          ),
        )
        .orderBy(desc(mailboxItems.receivedAt), asc(mailboxItems.id))
        .limit(MOST_OF_ONE);
      return listItems(transaction, organisationId, items.toReversed());
    },
  };
}

/** Ends after the conversations that are given out, or where was looked last. */
async function pageOf(
  transaction: Transaction,
  organisationId: string,
  kept: readonly { readonly item: ItemRow; readonly figures: Figures }[],
  limit: number,
  looked: { readonly receivedAt: Instant; readonly id: string } | null,
): ReturnType<MailboxRepository['conversations']> {
  const shown = kept.slice(0, limit);
  const figures = new Map(shown.map((each) => [each.item.id, each.figures]));
  const items = await listItems(
    transaction,
    organisationId,
    shown.map(({ item }) => item),
  );
  const last = shown.at(-1)?.item;
  const next =
    kept.length > limit && last !== undefined
      ? { receivedAt: last.receivedAt, id: last.id }
      : looked;
  return {
    items: items.map((item): MailboxListItem => {
      const those = figures.get(item.id);
      if (those === undefined) return item;
      const { conversation: id, count, unread, ids, unreadIds } = those;
      return { ...item, conversation: { id, count, unread, itemIds: ids, unreadIds } };
    }),
    next,
  };
}

/** Of the conversations of these items: their newest in the folder, and how many there are. */
async function figuresOf(
  transaction: Transaction,
  organisationId: string,
  userId: string,
  folder: MailFolder,
  window: { readonly since: Instant; readonly until: Instant },
  items: readonly ItemRow[],
): Promise<ReadonlyMap<string, Figures>> {
  if (items.length === 0) return new Map();
  const ids = [...new Set(items.map(({ conversation }) => conversation))];
  const rows = await transaction.execute<{
    conversation: string;
    ids: string[] | null;
    unreadIds: string[] | null;
    count: number;
    unread: number;
  }>(sql`
    select conversation, count, unread, ids, unread_ids as "unreadIds"
    from holdfast_conversation_figures(${organisationId}::uuid, ${userId}::uuid, ${folder},
      ${iso(window.since)}::timestamptz, ${iso(window.until)}::timestamptz,
      ${textArray(ids)}::uuid[], ${MOST_OF_ONE})`);
  return new Map(
    rows.map(({ ids: inFolder, ...row }) => {
      const own = inFolder ?? [];
      const newest = own[0] ?? null;
      return [row.conversation, { ...row, ids: own, unreadIds: row.unreadIds ?? [], newest }];
    }),
  );
}

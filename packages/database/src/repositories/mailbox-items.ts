import { and, desc, eq, gte, inArray, lte, sql } from '../drizzle.ts';
import type { MailboxListItem } from '@holdfast/application';
import { DAY, dayOf, type Instant, type MailFolder } from '@holdfast/domain';
import type { SQL } from 'drizzle-orm';
import { mailboxItems, messages } from '../schema/mail.ts';
import { anyUuid, iso, type Transaction } from '../transaction.ts';

type ItemRow = typeof mailboxItems.$inferSelect;

/** Days of acceptance that are looked through first: they hold a page of most mailboxes. */
const FIRST_DAYS = 3;
/** Mail that can be taken back is received later than it was accepted; by less than this. */
const SHOWN_LATE = DAY;

/**
 * The newest items by time of receipt. Tables are by day of acceptance, and a statement that names no days has a plan for
 * each of them: most of what a page took.
 */
async function newestItems(
  find: (firstDay: Instant) => Promise<ItemRow[]>,
  page: { readonly since: Instant; readonly limit: number; readonly newest: Instant | null },
): Promise<readonly ItemRow[]> {
  if (page.newest !== null) {
    const firstDay = page.newest - FIRST_DAYS * DAY;
    const items = await find(firstDay);
    const last = items.at(-1);
    // What was accepted before the first day may have been received a little later.
    const isWhole = last !== undefined && last.receivedAt >= firstDay + SHOWN_LATE;
    if (items.length === page.limit && isWhole) return items;
  }
  return find(page.since - SHOWN_LATE);
}

function acceptedBetween(first: Instant, last: Instant | null): readonly SQL[] {
  const days = [gte(mailboxItems.acceptedDay, dayOf(first))];
  if (last !== null) days.push(lte(mailboxItems.acceptedDay, dayOf(last)));
  return days;
}

/** Items of a folder, newest first, before a cursor. */
export async function folderItems(
  transaction: Transaction,
  organisationId: string,
  page: {
    readonly userId: string;
    readonly folder: MailFolder;
    readonly since: Instant;
    readonly limit: number;
    readonly before: { readonly receivedAt: Instant; readonly id: string } | null;
  },
): Promise<readonly ItemRow[]> {
  const { since, limit, before } = page;
  return newestItems(
    (firstDay) =>
      transaction
        .select()
        .from(mailboxItems)
        .where(
          and(
            eq(mailboxItems.organisationId, organisationId),
            eq(mailboxItems.userId, page.userId),
            eq(mailboxItems.folder, page.folder),
            gte(mailboxItems.receivedAt, since),
            before === null ? undefined : older(before),
            ...acceptedBetween(firstDay, before?.receivedAt ?? null),
          ),
        )
        .orderBy(desc(mailboxItems.receivedAt), desc(mailboxItems.id))
        .limit(limit),
    { since, limit, newest: before?.receivedAt ?? null },
  );
}

function older(cursor: { readonly receivedAt: number; readonly id: string }): SQL {
  return sql`(${mailboxItems.receivedAt}, ${mailboxItems.id}) <
    (${iso(cursor.receivedAt)}::timestamptz, ${cursor.id}::uuid)`;
}

/** With their messages, in the order given. */
export async function listItems(
  transaction: Transaction,
  organisationId: string,
  items: readonly ItemRow[],
): Promise<readonly MailboxListItem[]> {
  if (items.length === 0) return [];
  const rows = await transaction
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.organisationId, organisationId),
        inArray(messages.acceptedDay, [...new Set(items.map(({ acceptedDay }) => acceptedDay))]),
        sql`${messages.id} = ${anyUuid(items.map(({ messageId }) => messageId))}`,
      ),
    );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return items.flatMap((item) => {
    const message = byId.get(item.messageId);
    return message === undefined ? [] : [toListItem(item, message)];
  });
}

export function toListItem(
  item: typeof mailboxItems.$inferSelect,
  message: typeof messages.$inferSelect,
): MailboxListItem {
  const { id, messageId, userId, folder, receivedAt, isRead, isFlagged, viaGroup } = item;
  const { subject, from, to, preview, attachments } = message.summary;
  return {
    id,
    messageId,
    userId,
    folder,
    receivedAt,
    isRead,
    isFlagged,
    viaGroup,
    acceptedAt: message.acceptedAt,
    subject,
    from,
    to,
    preview,
    attachments,
    conversation: null,
  };
}

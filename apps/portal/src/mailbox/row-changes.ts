import type { MailboxPage, MailboxRow } from '@holdfast/contracts';

/** Messages that a row stands for: of a conversation those in the folder that is listed. */
export function itemsOf(row: MailboxRow): readonly string[] {
  return row.conversation?.itemIds ?? [row.id];
}

function unreadItemsOf(row: MailboxRow): readonly string[] {
  return row.conversation?.unreadIds ?? (row.isRead ? [] : [row.id]);
}

export function isUnread(row: MailboxRow): boolean {
  return unreadItemsOf(row).length > 0;
}

/** Which messages change when these rows are marked: read all that are not, unread the newest of each that are. */
export function itemsToMark(rows: readonly MailboxRow[], isRead: boolean): readonly string[] {
  if (isRead) return rows.flatMap(unreadItemsOf);
  return rows.filter((row) => !isUnread(row)).map(({ id }) => id);
}

export function withRead(
  row: MailboxRow,
  itemIds: ReadonlySet<string>,
  isRead: boolean,
): MailboxRow {
  const { conversation } = row;
  const changed = itemIds.has(row.id) ? { ...row, isRead } : row;
  if (conversation === null) return changed;
  const own = new Set(conversation.itemIds);
  const before = conversation.unreadIds;
  const unreadIds = isRead
    ? before.filter((id) => !itemIds.has(id))
    : [...new Set([...before, ...[...itemIds].filter((id) => own.has(id))])];
  if (unreadIds.length === before.length) return changed;
  const unread = conversation.unread + unreadIds.length - before.length;
  return { ...changed, conversation: { ...conversation, unreadIds, unread } };
}

export function withFlag(
  row: MailboxRow,
  itemIds: ReadonlySet<string>,
  isFlagged: boolean,
): MailboxRow {
  return itemIds.has(row.id) ? { ...row, isFlagged } : row;
}

type Pages = readonly MailboxPage[];

export function mapRows(pages: Pages, change: (row: MailboxRow) => MailboxRow): Pages {
  return pages.map((page) => ({ ...page, rows: page.rows.map(change) }));
}

/** Of a conversation what stays in the folder stays in the list. */
export function withoutItems(pages: Pages, itemIds: ReadonlySet<string>): Pages {
  return pages.map((page) => ({
    ...page,
    rows: page.rows.flatMap((row) => withoutItemsOf(row, itemIds) ?? []),
  }));
}

function withoutItemsOf(row: MailboxRow, gone: ReadonlySet<string>): MailboxRow | null {
  const { conversation } = row;
  const before = itemsOf(row);
  const itemIds = before.filter((id) => !gone.has(id));
  if (itemIds.length === before.length) return row;
  if (conversation === null || itemIds.length === 0) return null;
  const unreadIds = conversation.unreadIds.filter((id) => !gone.has(id));
  const unread = conversation.unread - conversation.unreadIds.length + unreadIds.length;
  return { ...row, conversation: { ...conversation, itemIds, unreadIds, unread } };
}

/** Puts rows back where they were: each before the first that is older. */
export function withRowsBack(pages: Pages, rows: readonly MailboxRow[]): Pages {
  const there = new Set(pages.flatMap((page) => page.rows.map(({ id }) => id)));
  let waiting = rows
    .filter(({ id }) => !there.has(id))
    .toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
  return pages.map((page, at) => {
    const oldest = page.rows.at(-1)?.receivedAt;
    const isLast = at === pages.length - 1;
    const here = waiting.filter(
      (row) => (isLast && page.nextCursor === null) || (oldest ?? '') <= row.receivedAt,
    );
    if (here.length === 0) return page;
    waiting = waiting.filter((row) => !here.includes(row));
    const all = [...page.rows, ...here];
    return { ...page, rows: all.toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1)) };
  });
}

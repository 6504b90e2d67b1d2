import type { MailboxPage, MailboxRow } from '@holdfast/contracts';
import type { InfiniteData } from '@tanstack/react-query';

export type Pages<Page> = InfiniteData<Page, string | null>;

/** Unless the list has begun anew meanwhile. What is in it already is not there twice. */
export function withOlder<Page extends MailboxPage>(
  old: Pages<Page> | undefined,
  cursor: string,
  page: Page,
): Pages<Page> | undefined {
  if (old === undefined || old.pages.at(-1)?.nextCursor !== cursor) return old;
  const fresh = new Set(page.rows.map(nameOf));
  for (const loaded of old.pages) for (const row of loaded.rows) fresh.delete(nameOf(row));
  const rows = page.rows.filter((row) => fresh.has(nameOf(row)));
  return { pages: [...old.pages, { ...page, rows }], pageParams: [...old.pageParams, cursor] };
}

/** A conversation is one row, whichever of its messages is the newest. */
export function nameOf(row: MailboxRow): string {
  return row.conversation?.id ?? row.id;
}

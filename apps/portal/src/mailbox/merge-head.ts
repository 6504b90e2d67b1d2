import type { MailboxPage } from '@holdfast/contracts';
import { nameOf } from './with-older.ts';

/**
 * Puts a freshly polled first page over the pages that are already loaded, so that looking for new mail costs one small
 * answer however far someone has scrolled. What the fresh page covers is replaced by it (new mail, read flags, removals);
 * what lies beyond is kept. When too much has arrived for the two to meet, the fresh page starts the list anew.
 */
export function mergeHead(
  pages: readonly MailboxPage[],
  head: MailboxPage,
): readonly MailboxPage[] {
  const [first, ...rest] = pages;
  const oldest = head.rows.at(-1);
  if (first === undefined || oldest === undefined || head.nextCursor === null) return [head];
  const fresh = new Set(head.rows.map(nameOf));
  const meet = pages.some((page) => page.rows.some((row) => fresh.has(nameOf(row))));
  if (!meet) return [head];
  const beyond = (page: MailboxPage): MailboxPage => ({
    rows: page.rows.filter((row) => !fresh.has(nameOf(row)) && row.receivedAt <= oldest.receivedAt),
    nextCursor: page.nextCursor,
  });
  return [
    { rows: [...head.rows, ...beyond(first).rows], nextCursor: first.nextCursor },
    ...rest.map(beyond),
  ];
}

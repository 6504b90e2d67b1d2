import type { MailboxFolder, MailboxPage, MailboxRow } from '@holdfast/contracts';
import type { Change } from '../outbox/outbox-entry.ts';
import { nameOf } from './with-older.ts';
import { itemsOf, mapRows, withFlag, withoutItems, withRead, withRowsBack } from './row-changes.ts';

/**
 * A page as the server has it, with what this device has asked for and the server has not done yet: somebody who moves a
 * message away on a poor network does not see it come back. `loaded`: where rows are that were moved here.
 */
export function withChanges(
  page: MailboxPage,
  loaded: readonly MailboxPage[],
  folder: MailboxFolder,
  changes: readonly Change[],
): MailboxPage {
  let pages: readonly MailboxPage[] = [page];
  const target = new Map<string, MailboxFolder>();
  for (const { kind, input } of changes) {
    const ids = new Set(input.itemIds);
    switch (kind) {
      case 'read':
        pages = mapRows(pages, (row) => withRead(row, ids, input.isRead));
        break;
      case 'flagged':
        pages = mapRows(pages, (row) => withFlag(row, ids, input.isFlagged));
        break;
      case 'move':
        for (const id of ids) target.set(id, input.folder);
        break;
    }
  }
  if (target.size === 0) return pages[0] ?? page;
  const isHere = (row: MailboxRow): boolean => itemsOf(row).some((id) => target.get(id) === folder);
  const away = [...target].flatMap(([id, to]) => (to === folder ? [] : [id]));
  pages = withoutItems(pages, new Set(away));
  const there = new Set(page.rows.map(nameOf));
  const here = loaded.flatMap(({ rows }) =>
    rows.filter((row) => isHere(row) && !there.has(nameOf(row))),
  );
  return withRowsBack(pages, here)[0] ?? page;
}

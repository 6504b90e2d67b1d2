import type { MailboxPage, MailboxRow } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import {
  isUnread,
  itemsOf,
  itemsToMark,
  withoutItems,
  withRead,
  withRowsBack,
} from './row-changes.ts';
import { aRow } from './testing/mailbox-row.ts';

function row(id: string, change: Partial<MailboxRow> = {}): MailboxRow {
  const receivedAt = new Date(2026, 10, 26, 0, 100 - id.charCodeAt(0)).toISOString();
  return aRow({ id, receivedAt, ...change });
}

const talk = row('a', {
  conversation: { id: 'k', count: 4, unread: 2, itemIds: ['a', 'x', 'y'], unreadIds: ['x'] },
});

describe('what is done to a row', () => {
  test('is done to all of its conversation in the folder', () => {
    expect(itemsOf(talk)).toEqual(['a', 'x', 'y']);
    expect(itemsOf(row('b'))).toEqual(['b']);
  });

  test('marks what is not so yet, so that undo takes back that and no more', () => {
    const rows = [talk, row('b', { isRead: false }), row('c')];
    expect(itemsToMark(rows, true)).toEqual(['x', 'b']);
    expect(itemsToMark(rows, false)).toEqual(['c']);
  });

  test('is seen at once, and so is taking it back', () => {
    const read = withRead(talk, new Set(['x']), true);
    expect(isUnread(read)).toBe(false);
    expect(read.conversation?.unread).toBe(1);
    expect(withRead(read, new Set(['x']), false)).toEqual(talk);
    expect(withRead(talk, new Set(['z']), true)).toBe(talk);
  });
});

describe('rows that were taken out', () => {
  const page = (rows: readonly MailboxRow[], nextCursor: string | null): MailboxPage => ({
    rows,
    nextCursor,
  });
  const ids = (pages: readonly MailboxPage[]) =>
    pages.map(({ rows }) => rows.map(({ id }) => id).join(''));
  const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((id) => row(id));

  test('go back to where they were, each once', () => {
    if (!a || !b || !c || !d || !e) throw new Error('rows');
    const pages = [page([a, b, c], '1'), page([d, e], null)];
    const without = withoutItems(pages, new Set(['b', 'e']));
    expect(ids(without)).toEqual(['ac', 'd']);
    expect(ids(withRowsBack(without, [e, b]))).toEqual(['abc', 'de']);
    expect(ids(withRowsBack(pages, [b]))).toEqual(['abc', 'de']);
  });

  test('wait for their page when the list is not loaded so far', () => {
    if (!a || !b || !e) throw new Error('rows');
    expect(ids(withRowsBack([page([a, b], '1')], [e]))).toEqual(['ab']);
  });

  test('leave in the list what of their conversation stays in the folder', () => {
    const [left] = withoutItems([page([talk], null)], new Set(['a', 'x']))[0]?.rows ?? [];
    expect(left?.conversation).toMatchObject({ itemIds: ['y'], unreadIds: [], unread: 1 });
    expect(ids(withoutItems([page([talk], null)], new Set(['a', 'x', 'y'])))).toEqual(['']);
  });
});

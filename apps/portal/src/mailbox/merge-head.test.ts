import type { MailboxPage, MailboxRow } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import { mergeHead } from './merge-head.ts';
import { aRow } from './testing/mailbox-row.ts';

/** A row received at the given minute; the id is the minute. */
function row(minute: number, isRead = true): MailboxRow {
  const receivedAt = new Date(Date.UTC(2026, 10, 23, 0, minute)).toISOString();
  return aRow({ id: String(minute), receivedAt, isRead });
}

function page(minutes: readonly number[], nextCursor: string | null): MailboxPage {
  return { rows: minutes.map((minute) => row(minute)), nextCursor };
}

function minutes(pages: readonly MailboxPage[]): readonly number[] {
  return pages.flatMap((each) => each.rows.map((entry) => Number(entry.id)));
}

describe('a freshly polled first page over the loaded ones', () => {
  const loaded = [page([9, 8, 7], 'c7'), page([6, 5, 4], 'c4')];

  test('new mail comes on top, older pages stay, nothing is there twice', () => {
    const merged = mergeHead(loaded, page([11, 10, 9], 'c9'));
    expect(minutes(merged)).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
    expect(merged.at(-1)?.nextCursor).toBe('c4');
  });

  test('what has gone in the meantime goes, within what the fresh page covers', () => {
    expect(minutes(mergeHead(loaded, page([9, 7, 6], 'c6')))).toEqual([9, 7, 6, 5, 4]);
  });

  test('read elsewhere is read here', () => {
    const merged = mergeHead([page([9, 8], 'c8')], {
      rows: [row(9, false), row(8)],
      nextCursor: 'c8',
    });
    expect(merged[0]?.rows[0]?.isRead).toBe(false);
  });

  test('too much new mail for the two to meet starts anew', () => {
    expect(mergeHead(loaded, page([30, 29, 28], 'c28'))).toEqual([page([30, 29, 28], 'c28')]);
  });

  test('a whole folder in one page replaces everything', () => {
    expect(mergeHead(loaded, page([9], null))).toEqual([page([9], null)]);
    expect(mergeHead(loaded, page([], null))).toEqual([page([], null)]);
  });
});

import type { MailboxPage, MailboxRow } from '@holdfast/contracts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../outbox/outbox-entry.ts';
import { mergeHead } from './merge-head.ts';
import { withOlder } from './with-older.ts';
import { withoutItems } from './row-changes.ts';
import { expectChanges, knowingAll, setQueuedChanges, waitingChanges } from './waiting-changes.ts';
import { withChanges } from './with-changes.ts';
import { aRow } from './testing/mailbox-row.ts';

/** The later its letter, the older it is. */
function row(id: string): MailboxRow {
  const minute = 200 - id.charCodeAt(0);
  return aRow({ id, receivedAt: new Date(Date.UTC(2026, 10, 26, 0, minute)).toISOString() });
}

const page = (ids: string, nextCursor: string | null = null): MailboxPage => ({
  rows: ids.split('').map(row),
  nextCursor,
});
const ids = (pages: readonly MailboxPage[]): string =>
  pages.flatMap(({ rows }) => rows.map(({ id }) => id)).join('');
const move = (itemIds: string, folder: 'inbox' | 'archive'): Change => ({
  kind: 'move',
  input: { itemIds: itemIds.split(''), folder },
});

beforeEach(() => setQueuedChanges([]));

describe('a list that is looked at anew', () => {
  test('does not bring back what was archived and waits for a connection', () => {
    const loaded = [page('acd', 'd')];
    const head = withChanges(page('abcd', 'd'), loaded, 'inbox', [move('b', 'archive')]);
    expect(ids(mergeHead(loaded, head))).toBe('acd');
  });

  test('keeps what was put back and the server has not put back yet', () => {
    const loaded = [page('abcd', 'd'), page('ef')];
    const waiting = [move('be', 'archive'), move('be', 'inbox')];
    const head = withChanges(page('acd', 'd'), loaded, 'inbox', waiting);
    expect(ids(mergeHead(loaded, head))).toBe('abcdef');
  });

  test('shows as read and flagged what was marked meanwhile', () => {
    const marks: readonly Change[] = [
      { kind: 'read', input: { itemIds: ['a'], isRead: false } },
      { kind: 'flagged', input: { itemIds: ['b'], isFlagged: true } },
    ];
    const { rows } = withChanges(page('abc'), [], 'inbox', marks);
    expect(rows.map(({ isRead, isFlagged }) => [isRead, isFlagged])).toEqual([
      [false, false],
      [true, true],
      [true, false],
    ]);
  });

  test('is asked for again when something was done while it was under way', async () => {
    const answers = ['before', 'while', 'after'];
    const heard: string[] = [];
    let areQueued: () => void = () => undefined;
    const answer = await knowingAll(async () => {
      const said = answers[heard.length] ?? '';
      heard.push(said);
      await Promise.resolve();
      if (said === 'before') areQueued = expectChanges([move('a', 'archive')]);
      if (said === 'while') areQueued();
      return said;
    });
    expect(answer).toBe('after');
    expect(heard).toEqual(answers);
  });

  test('knows what is in the outbox, and what is on its way there', () => {
    setQueuedChanges([move('a', 'archive')]);
    const areQueued = expectChanges([move('b', 'archive')]);
    expect(waitingChanges().flatMap(({ input }) => input.itemIds)).toEqual(['a', 'b']);
    areQueued();
    setQueuedChanges([]);
    expect(waitingChanges()).toEqual([]);
  });
});

describe('older messages', () => {
  const list = { pages: [page('bcd', 'd')], pageParams: [null] };

  test('are added to the list as it is by then: what was archived meanwhile does not come back', () => {
    const archived = { ...list, pages: [...withoutItems(list.pages, new Set(['c']))] };
    const added = withOlder(archived, 'd', page('ef'));
    expect(ids(added?.pages ?? [])).toBe('bdef');
    expect(added?.pageParams).toEqual([null, 'd']);
  });

  test('are not added twice, nor to a list that has begun anew', () => {
    expect(ids(withOlder(list, 'd', page('def'))?.pages ?? [])).toBe('bcdef');
    expect(withOlder({ ...list, pages: [page('a', 'a')] }, 'd', page('e'))?.pages).toHaveLength(1);
  });
});

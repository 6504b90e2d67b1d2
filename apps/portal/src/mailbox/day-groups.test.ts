import type { MailboxRow } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import { withDayHeadings } from './day-groups.ts';
import { aRow } from './testing/mailbox-row.ts';

const NOW = new Date(2026, 10, 23, 10, 12).getTime();

function row(id: string, at: Date, sinceEvent = false): MailboxRow {
  return aRow({ id, receivedAt: at.toISOString(), sinceEvent });
}

function kinds(rows: readonly MailboxRow[], hasEvent: boolean): readonly string[] {
  return withDayHeadings(rows, NOW, hasEvent).map((entry) =>
    entry.kind === 'day' ? entry.group.kind : entry.row.id,
  );
}

describe('day headings', () => {
  test('mail since the outage stands apart from the same day before it', () => {
    const rows = [
      row('a', new Date(2026, 10, 23, 10, 8), true),
      row('b', new Date(2026, 10, 23, 9, 47), true),
      row('c', new Date(2026, 10, 23, 9, 20)),
    ];
    expect(kinds(rows, true)).toEqual(['since-event', 'a', 'b', 'today', 'c']);
    const today = withDayHeadings(rows, NOW, true).find((entry) => entry.key === 'today');
    expect(today).toMatchObject({ group: { kind: 'today', beforeEvent: true } });
  });

  test('without an event today is just today', () => {
    expect(withDayHeadings([row('a', new Date(NOW))], NOW, false)[0]).toMatchObject({
      group: { kind: 'today', beforeEvent: false },
    });
  });

  test('yesterday, weekdays of the last six days, then months', () => {
    const rows = [
      row('y', new Date(2026, 10, 22, 23, 59)),
      row('w1', new Date(2026, 10, 21, 8)),
      row('w2', new Date(2026, 10, 17, 8)),
      row('m1', new Date(2026, 10, 16, 8)),
      row('m2', new Date(2026, 9, 30, 8)),
      row('m3', new Date(2026, 9, 2, 8)),
    ];
    expect(kinds(rows, false)).toEqual([
      'yesterday',
      'y',
      'weekday',
      'w1',
      'weekday',
      'w2',
      'month',
      'm1',
      'month',
      'm2',
      'm3',
    ]);
  });

  test('a clock ahead of ours is still today', () => {
    expect(kinds([row('a', new Date(NOW + 3 * 86_400_000))], false)).toEqual(['today', 'a']);
  });

  test('an empty list has no heading', () => {
    expect(withDayHeadings([], NOW, true)).toEqual([]);
  });
});

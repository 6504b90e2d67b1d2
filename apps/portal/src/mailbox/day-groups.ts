import type { MailboxRow } from '@holdfast/contracts';

/** What a day heading says; the words are in the message catalogue. */
export type DayGroup =
  | { readonly kind: 'since-event' }
  | { readonly kind: 'today'; readonly beforeEvent: boolean }
  | { readonly kind: 'yesterday' }
  | { readonly kind: 'weekday'; readonly at: number }
  | { readonly kind: 'month'; readonly at: number };

export type ListEntry =
  | { readonly kind: 'day'; readonly key: string; readonly group: DayGroup }
  | { readonly kind: 'row'; readonly key: string; readonly row: MailboxRow };

/** Days back that are named by their weekday. */
const WEEKDAYS_BACK = 6;

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Calendar days between two instants, in the reader's zone. Rounded: a day has 23 or 25 hours twice a year. */
function daysBetween(earlier: number, later: number): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / 86_400_000);
}

function groupOf(row: MailboxRow, now: number, hasEvent: boolean): DayGroup {
  if (row.sinceEvent && hasEvent) return { kind: 'since-event' };
  const at = Date.parse(row.receivedAt);
  const days = daysBetween(at, now);
  if (days <= 0) return { kind: 'today', beforeEvent: hasEvent };
  if (days === 1) return { kind: 'yesterday' };
  if (days <= WEEKDAYS_BACK) return { kind: 'weekday', at: startOfDay(at) };
  const day = new Date(at);
  return { kind: 'month', at: new Date(day.getFullYear(), day.getMonth(), 1).getTime() };
}

/** The first instant of a group, as far down as its rows go. */
function floorOf(group: DayGroup, now: number): number {
  switch (group.kind) {
    case 'since-event':
      return Number.POSITIVE_INFINITY;
    case 'today':
      return startOfDay(now);
    case 'yesterday':
      return startOfDay(startOfDay(now) - 1);
    case 'weekday':
    case 'month':
      return group.at;
  }
}

function keyOf(group: DayGroup): string {
  return 'at' in group ? `${group.kind}-${group.at}` : group.kind;
}

/** Rows (newest first) with a heading before each first of its group. A heading comes once, even if clocks disagree. */
export function withDayHeadings(
  rows: readonly MailboxRow[],
  now: number,
  hasEvent: boolean,
): readonly ListEntry[] {
  const entries: ListEntry[] = [];
  let last: string | null = null;
  let floor = Number.POSITIVE_INFINITY;
  const seen = new Set<string>();
  for (const row of rows) {
    // Tens of thousands of rows: within a group that goes down to `floor`, nothing is worked out again.
    const isSame = last !== null && !row.sinceEvent && Date.parse(row.receivedAt) >= floor;
    if (isSame) {
      entries.push({ kind: 'row', key: row.id, row });
      continue;
    }
    const group = groupOf(row, now, hasEvent);
    const key = keyOf(group);
    floor = floorOf(group, now);
    if (key !== last && !seen.has(key)) entries.push({ kind: 'day', key, group });
    seen.add(key);
    last = key;
    entries.push({ kind: 'row', key: row.id, row });
  }
  return entries;
}

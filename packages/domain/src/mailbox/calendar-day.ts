import { DAY, HOUR, MINUTE, SECOND, type Instant } from '../instant.ts';

/** A day as people write it, without a zone. */
export interface CalendarDay {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/** The day that it is somewhere. A zone that is not known counts as UTC. */
export function calendarDayAt(at: Instant, zone: string): CalendarDay {
  const { year, month, day } = clockAt(at, zone);
  return { year, month, day };
}

/** When a day begins somewhere. */
export function startOfDay({ year, month, day }: CalendarDay, zone: string): Instant {
  return instantOf(Date.UTC(year, month - 1, day), zone);
}

/** When clocks in a zone show this. `wall` is what they show, as if it were UTC. A zone that is not known counts as UTC. */
export function instantOf(wall: number, zone: string): Instant {
  // Looked up twice: the first guess may lie on the other side of a change of the clocks.
  const guess = wall - offsetAt(wall, zone);
  return wall - offsetAt(guess, zone);
}

/** `days` later, or earlier where it is negative. */
export function dayBy(from: CalendarDay, days: number): CalendarDay {
  return ofUtc(Date.UTC(from.year, from.month - 1, from.day) + days * DAY);
}

/** 0 is Sunday. */
export function weekdayOf({ year, month, day }: CalendarDay): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** Null for a day that no calendar has. */
export function calendarDay(year: number, month: number, day: number): CalendarDay | null {
  const made = ofUtc(Date.UTC(year, month - 1, day));
  return made.year === year && made.month === month && made.day === day ? made : null;
}

export function isBefore(a: CalendarDay, b: CalendarDay): boolean {
  return Date.UTC(a.year, a.month, a.day) < Date.UTC(b.year, b.month, b.day);
}

function ofUtc(at: number): CalendarDay {
  const date = new Date(at);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function offsetAt(at: Instant, zone: string): number {
  const { year, month, day, sinceMidnight } = clockAt(at, zone);
  return Date.UTC(year, month - 1, day) + sinceMidnight - Math.floor(at / SECOND) * SECOND;
}

function clockAt(at: Instant, zone: string): CalendarDay & { readonly sinceMidnight: number } {
  const parts = new Map(
    formatIn(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    sinceMidnight: part('hour') * HOUR + part('minute') * MINUTE + part('second') * SECOND,
  };
}

function formatIn(zone: string): Intl.DateTimeFormat {
  const numeric = {
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US-u-nu-latn', { ...numeric, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat('en-US-u-nu-latn', { ...numeric, timeZone: 'UTC' });
  }
}

import type { Instant } from '../instant.ts';
import {
  calendarDay,
  calendarDayAt,
  dayBy,
  isBefore,
  weekdayOf,
  type CalendarDay,
} from './calendar-day.ts';

/** When and where somebody searches: days begin there. */
export interface SearchClock {
  readonly now: Instant;
  /** IANA name. */
  readonly zone: string;
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** Letters by which weekdays differ. */
const SHORTEST_WEEKDAY = 3;
const DAYS_OF_WEEK = 7;

/**
 * A day as people type it: `2026-11-20`, `2026/11/20`, `20.11.2026`, `20.11.`, `today`, `yesterday`, `monday` (the last
 * one), `7d`, `2w`. Null for anything else: `11/12/2026` is another day here and there, and is not guessed.
 */
export function readSearchDay(typed: string, clock: SearchClock): CalendarDay | null {
  const today = calendarDayAt(clock.now, clock.zone);
  const text = typed.trim().toLowerCase();
  return readName(text, today) ?? readAgo(text, today) ?? readDate(text, today);
}

function readName(text: string, today: CalendarDay): CalendarDay | null {
  if (text === 'today') return today;
  if (text === 'yesterday') return dayBy(today, -1);
  if (text.length < SHORTEST_WEEKDAY) return null;
  const weekday = WEEKDAYS.findIndex((name) => name.startsWith(text));
  if (weekday < 0) return null;
  return dayBy(today, -((weekdayOf(today) - weekday + DAYS_OF_WEEK) % DAYS_OF_WEEK));
}

function readAgo(text: string, today: CalendarDay): CalendarDay | null {
  const [, count, unit] = /^(\d{1,3})([dw])$/.exec(text) ?? [];
  if (count === undefined) return null;
  return dayBy(today, -Number(count) * (unit === 'w' ? DAYS_OF_WEEK : 1));
}

function readDate(text: string, today: CalendarDay): CalendarDay | null {
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  if (year !== undefined) return calendarDay(Number(year), Number(month), Number(day));
  const [, first, second, third] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?$/.exec(text) ?? [];
  if (first === undefined) return null;
  if (third !== undefined) return calendarDay(Number(third), Number(second), Number(first));
  const thisYear = calendarDay(today.year, Number(second), Number(first));
  // Mail is not from the future: a day to come is one of last year.
  return thisYear !== null && isBefore(today, thisYear)
    ? calendarDay(today.year - 1, Number(second), Number(first))
    : thisYear;
}

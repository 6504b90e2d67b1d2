import { locale } from './locale.ts';
import { en } from './messages/en.ts';

/** All dates in the reader's own language and zone; the zone is named where a whole date is shown. */
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const dayAndMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const fullDate = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const longDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' });
const wholeMoment = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

const weekdayAndDay = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});

function sameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

/** In a list: the time today, else the day, with the year when it is another one. */
export function shortMoment(iso: string, now: number): string {
  const at = new Date(iso);
  const today = new Date(now);
  if (sameDay(at, today)) return clock.format(at);
  return (at.getFullYear() === today.getFullYear() ? dayAndMonth : fullDate).format(at);
}

/** In a sentence: `09:41`, or `22 November, 09:41`. */
export function sinceMoment(iso: string, now: number): string {
  const at = new Date(iso);
  return sameDay(at, new Date(now))
    ? clock.format(at)
    : `${longDay.format(at)}, ${clock.format(at)}`;
}

const clockAndZone = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** In a sentence that people in several places read: `09:41 CET`, or `22 November, 09:41 CET`. */
export function zonedMoment(iso: string, now: number): string {
  const at = new Date(iso);
  const time = clockAndZone.format(at);
  return sameDay(at, new Date(now)) ? time : `${longDay.format(at)}, ${time}`;
}

export function clockTime(iso: string): string {
  return clock.format(new Date(iso));
}

/** Above the things of one day: `Today`, `Tomorrow`, else the day by name and date. */
export function dayHeading(day: number, now: number): string {
  const at = new Date(day);
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  if (sameDay(at, new Date(now))) return en.days.today;
  return sameDay(at, tomorrow) ? en.days.tomorrow : weekdayAndDay.format(at);
}

export function longDate(iso: string): string {
  return longDay.format(new Date(iso));
}

export function fullMoment(iso: string): string {
  return wholeMoment.format(new Date(iso));
}

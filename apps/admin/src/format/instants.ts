/** Dates, times and spans for people: always local to the reader, with the zone named where a minute matters. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Place {
  /** BCP 47. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
}

export function placeOfReader(): Place {
  const options = new Intl.DateTimeFormat().resolvedOptions();
  return { locale: 'en-GB', timeZone: options.timeZone };
}

/** `23 Nov, 10:15 CET`; with the year when it is another one. */
export function formatInstant(iso: string, now: number, place: Place): string {
  const at = new Date(iso);
  const sameYear = year(at, place) === year(new Date(now), place);
  return new Intl.DateTimeFormat(place.locale, {
    timeZone: place.timeZone,
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at);
}

/** `09:41 CET`. */
export function formatTime(iso: string, place: Place): string {
  return new Intl.DateTimeFormat(place.locale, {
    timeZone: place.timeZone,
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(iso));
}

/** `09:41 CET` on the same day, `22 Nov, 09:41 CET` otherwise: what "since" needs. */
export function formatSince(iso: string, now: number, place: Place): string {
  return day(new Date(iso), place) === day(new Date(now), place)
    ? formatTime(iso, place)
    : formatInstant(iso, now, place);
}

/** For table cells: `today`, `yesterday`, `4 Nov`, `4 Nov 2025`. */
export function formatDay(iso: string, now: number, place: Place): string {
  const at = new Date(iso);
  const relative = new Intl.RelativeTimeFormat(place.locale, { numeric: 'auto' });
  if (day(at, place) === day(new Date(now), place)) return relative.format(0, 'day');
  if (day(at, place) === day(new Date(now - DAY), place)) return relative.format(-1, 'day');
  const sameYear = year(at, place) === year(new Date(now), place);
  return new Intl.DateTimeFormat(place.locale, {
    timeZone: place.timeZone,
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** `just now`, `2 min ago`, `3 hr ago`, `5 days ago`. */
export function formatAgo(iso: string, now: number, place: Place): string {
  const elapsed = Math.max(0, now - Date.parse(iso));
  const relative = new Intl.RelativeTimeFormat(place.locale, { numeric: 'always', style: 'short' });
  if (elapsed < MINUTE) return 'just now';
  if (elapsed < HOUR) return relative.format(-Math.floor(elapsed / MINUTE), 'minute');
  if (elapsed < DAY) return relative.format(-Math.floor(elapsed / HOUR), 'hour');
  return relative.format(-Math.floor(elapsed / DAY), 'day');
}

/** `42 s`, `12 min`, `3 h 05 min`, `2 d 4 h`. Unit of the argument: ms. */
export function formatSpan(span: number): string {
  const seconds = Math.max(0, Math.floor(span / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function day(at: Date, place: Place): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: place.timeZone }).format(at);
}

function year(at: Date, place: Place): string {
  return day(at, place).slice(0, 4);
}

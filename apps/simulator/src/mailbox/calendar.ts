import { createHash } from 'node:crypto';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];

/** A meeting, or a series of them that comes again on days of the week. */
export interface MeetingSeries {
  readonly subject: string;
  readonly organizer: { readonly name: string; readonly address: string };
  /** 0 is Sunday; empty: once, on the day of `from`. */
  readonly weekdays: readonly number[];
  /** Not before the day of this instant. */
  readonly from: number;
  /** Minutes after midnight, UTC. */
  readonly startsAt: number;
  readonly minutes: number;
  readonly location: string;
  readonly joinUrl: string | null;
  readonly isAllDay: boolean;
  readonly isCancelled: boolean;
  readonly sensitivity: 'normal' | 'private';
  readonly showAs: 'busy' | 'free' | 'tentative';
  /** Name that Windows gives the zone it was made in. */
  readonly timeZone: string;
  readonly notes: string;
}

export interface Occurrence {
  readonly id: string;
  readonly seriesId: string | null;
  readonly series: MeetingSeries;
  readonly start: number;
  readonly end: number;
}

const joinUrl = (name: string): string =>
  `https://teams.example/l/meetup-join/19%3ameeting_${createHash('sha256').update(name).digest('hex').slice(0, 24)}%40thread.v2/0`;

/** What happens on the days from `from` to `to`, every occurrence by itself, in the order of time. */
export function occurrences(
  series: readonly MeetingSeries[],
  from: number,
  to: number,
): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const one of series) {
    const first = Math.floor(Math.max(one.from, from - DAY) / DAY) * DAY;
    const days = one.weekdays.length === 0 ? [Math.floor(one.from / DAY) * DAY] : [];
    if (one.weekdays.length > 0)
      for (let day = first; day < to; day += DAY)
        if (one.weekdays.includes(new Date(day).getUTCDay())) days.push(day);
    for (const day of days) {
      const start = day + one.startsAt * MINUTE;
      const end = start + one.minutes * MINUTE;
      if (end <= from || start >= to) continue;
      const seriesId = idOf(`${one.subject}/${one.organizer.address}`);
      found.push({
        id: one.weekdays.length === 0 ? seriesId : idOf(`${seriesId}/${start}`),
        seriesId: one.weekdays.length === 0 ? null : seriesId,
        series: one,
        start,
        end,
      });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

const idOf = (name: string): string =>
  `AAMkAE${createHash('sha256').update(name).digest('base64url')}AAA=`;

/** A working week such as most people have. */
export function seedCalendar(address: string, now: number): MeetingSeries[] {
  const domain = address.slice(address.indexOf('@') + 1);
  const today = Math.floor(now / DAY) * DAY;
  const meeting = (subject: string, change: Partial<MeetingSeries>): MeetingSeries => ({
    subject,
    organizer: { name: 'Patti Fernandez', address: `patti.fernandez@${domain}` },
    weekdays: [],
    from: today,
    startsAt: 9 * 60,
    minutes: 30,
    location: 'Microsoft Teams Meeting',
    joinUrl: joinUrl(`${address}/${subject}`),
    isAllDay: false,
    isCancelled: false,
    sensitivity: 'normal',
    showAs: 'busy',
    timeZone: 'Pacific Standard Time',
    notes: '',
    ...change,
  });
  return [
    meeting('Daily stand-up', {
      weekdays: MONDAY_TO_FRIDAY,
      startsAt: 9 * 60 + 15,
      minutes: 15,
      organizer: { name: 'Adele Vance', address: `adele.vance@${domain}` },
    }),
    meeting('Weekly sales review', {
      weekdays: [2],
      startsAt: 14 * 60,
      minutes: 60,
      location: 'Conf Room Crystal; Microsoft Teams Meeting',
      notes: 'Numbers of the week, then open offers.',
    }),
    meeting('One to one', {
      weekdays: [4],
      startsAt: 10 * 60 + 30,
      location: 'Conf Room Adams',
      joinUrl: null,
      organizer: { name: 'Lee Gu', address: `lee.gu@${domain}` },
    }),
    meeting('Contract with Fabrikam', {
      from: today + 2 * DAY,
      startsAt: 13 * 60,
      minutes: 45,
      organizer: { name: 'Kai Carter', address: 'kai.carter@fabrikam.example' },
      timeZone: 'W. Europe Standard Time',
      notes: 'Please read the draft before the call.',
    }),
    meeting('Supplier call', {
      from: today + 5 * DAY,
      startsAt: 16 * 60,
      isCancelled: true,
      organizer: { name: 'Kai Carter', address: 'kai.carter@fabrikam.example' },
    }),
    meeting('Dentist', {
      from: today + 6 * DAY,
      startsAt: 8 * 60,
      minutes: 60,
      location: '',
      joinUrl: null,
      sensitivity: 'private',
      organizer: { name: '', address },
    }),
    meeting('Quarter closes', {
      from: today + 10 * DAY,
      startsAt: 0,
      minutes: 24 * 60,
      isAllDay: true,
      location: '',
      joinUrl: null,
      showAs: 'free',
    }),
    meeting('Town hall', {
      from: today + 12 * DAY,
      startsAt: 17 * 60,
      minutes: 90,
      location: 'Auditorium; Microsoft Teams Meeting',
    }),
  ];
}

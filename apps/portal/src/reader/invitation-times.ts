import type { InvitationView } from '@holdfast/contracts';

type Times = Pick<InvitationView, 'start' | 'end' | 'isAllDay' | 'zone' | 'isFloating'>;

const DAY = 24 * 3_600_000;
const WHEN = {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
} as const;
const WHOLE_DAY = { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' } as const;

/** In the reader's zone, which is named; and in the organiser's, where it is another. */
export function timesOf(
  invitation: Times,
  zone: string,
  locale?: string,
): { readonly here: string; readonly there: string | null } {
  const start = Date.parse(invitation.start);
  const end = Date.parse(invitation.end);
  if (invitation.isAllDay) {
    const days = new Intl.DateTimeFormat(locale, { ...WHOLE_DAY, timeZone: 'UTC' });
    // The end is the day after the last one (RFC 5545 §3.6.1).
    return { here: days.formatRange(start, Math.max(start, end - DAY)), there: null };
  }
  if (invitation.isFloating) {
    const plain = new Intl.DateTimeFormat(locale, { ...WHEN, timeZone: 'UTC' });
    return { here: plain.formatRange(start, end), there: null };
  }
  const here = new Intl.DateTimeFormat(locale, { ...WHEN, timeZone: zone, timeZoneName: 'short' });
  return {
    here: here.formatRange(start, end),
    there: thereOf(invitation.zone, zone, start, end, locale),
  };
}

function thereOf(
  theirs: string | null,
  zone: string,
  start: number,
  end: number,
  locale: string | undefined,
): string | null {
  if (theirs === null || theirs === zone || !isKnown(theirs)) return null;
  const clock = (timeZone: string) =>
    new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone });
  const there = clock(theirs).formatRange(start, end);
  return there === clock(zone).formatRange(start, end) ? null : there;
}

function isKnown(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

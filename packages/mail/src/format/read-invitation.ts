import type { AttendeeAnswer, Invitation, MailParty, Recurrence } from '@holdfast/application';
import { instantOf } from '@holdfast/domain';
import ICAL from 'ical.js';
import { knownZone } from './calendar-zone.ts';
import { oneLine, truncate } from './shown-text.ts';

const MAX_LINE = 300;
const MAX_NOTES = 4000;
const MAX_ATTENDEES = 100;
/** Changes of the clock in one zone that are looked at: programs write two, some a history of twenty. */
const MAX_ZONE_RULES = 40;
const METHODS: Readonly<Record<string, Invitation['method']>> = {
  REQUEST: 'request',
  CANCEL: 'cancel',
  REPLY: 'reply',
};
const ANSWERS: Readonly<Record<string, AttendeeAnswer>> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
};
const FREQUENCIES: Readonly<Record<string, Recurrence['frequency']>> = {
  DAILY: 'daily',
  WEEKLY: 'weekly',
  MONTHLY: 'monthly',
  YEARLY: 'yearly',
};
const JOIN_FIELDS = [
  'x-microsoft-skypeteamsmeetingurl',
  'x-google-conference',
  'x-microsoft-onlinemeetingexternallink',
  'conference',
  'url',
  'location',
  'description',
];
/** Where meetings are held; any other link in a description may be anything. */
const JOIN_LINK =
  /https:\/\/(?:teams\.microsoft\.com\/(?:l\/meetup-join|meet)\/|teams\.live\.com\/meet\/|meet\.google\.com\/|(?:[\w-]+\.)?zoom\.us\/(?:j|my|w)\/|[\w-]+\.webex\.com\/|meet\.goto\.com\/|whereby\.com\/|meet\.jit\.si\/)[^\s<>"'\\)]+/i;

/** The first event of a calendar part; null when there is none that can be read. Never throws. */
export function readInvitation(source: string): Invitation | null {
  try {
    const calendar = ICAL.Component.fromString(source);
    dropCostlyZones(calendar);
    const event = calendar.getFirstSubcomponent('vevent');
    return event === null ? null : invitationOf(calendar, event);
  } catch {
    return null;
  }
}

/** A change of the clocks happens once a year; a stranger's rule for every second would be computed for ever. */
function dropCostlyZones(calendar: ICAL.Component): void {
  for (const zone of calendar.getAllSubcomponents('vtimezone')) {
    const rules = zone.getAllSubcomponents();
    const isPlain =
      rules.length <= MAX_ZONE_RULES &&
      rules.every((rule) =>
        rule.getAllProperties('rrule').every((property) => recurOf(property)?.freq === 'YEARLY'),
      );
    if (!isPlain) calendar.removeSubcomponent(zone);
  }
}

function invitationOf(calendar: ICAL.Component, event: ICAL.Component): Invitation | null {
  const begins = timeOf(event, 'dtstart');
  if (begins === null) return null;
  const isAllDay = begins.time.isDate;
  const start = begins.instant;
  return {
    method: METHODS[text(calendar, 'method').toUpperCase()] ?? 'publish',
    subject: oneLine(text(event, 'summary'), MAX_LINE),
    location: oneLine(text(event, 'location'), MAX_LINE),
    notes: truncate(text(event, 'description').replaceAll('\r\n', '\n').trim(), MAX_NOTES),
    start,
    end: endOf(event, start, isAllDay),
    isAllDay,
    zone: begins.zone,
    isFloating: begins.isFloating,
    organizer: partyOf(event.getFirstProperty('organizer')),
    attendees: event
      .getAllProperties('attendee')
      .slice(0, MAX_ATTENDEES)
      .flatMap((property) => {
        const party = partyOf(property);
        const answer = ANSWERS[parameter(property, 'partstat').toUpperCase()] ?? 'none';
        return party === null ? [] : [{ ...party, answer }];
      }),
    recurrence: recurrenceOf(event),
    isOneOfSeries: event.hasProperty('recurrence-id'),
    sequence: Math.max(0, Number.parseInt(text(event, 'sequence'), 10) || 0),
    joinUrl: joinUrlOf(event),
  };
}

interface ReadTime {
  readonly time: ICAL.Time;
  readonly instant: number;
  readonly zone: string | null;
  readonly isFloating: boolean;
}

function timeOf(event: ICAL.Component, name: string): ReadTime | null {
  const property = event.getFirstProperty(name);
  const time: unknown = property?.getFirstValue();
  if (property === null || !(time instanceof ICAL.Time)) return null;
  const wall = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
  if (!Number.isFinite(wall)) return null;
  const tzid = parameter(property, 'tzid');
  if (time.isDate) return { time, instant: wall, zone: null, isFloating: true };
  const known = tzid === '' ? null : knownZone(tzid);
  // A name that everybody knows means the same everywhere; what a stranger defines for it does not count.
  if (known !== null)
    return { time, instant: instantOf(wall, known), zone: known, isFloating: false };
  const isFloating = time.zone === ICAL.Timezone.localTimezone;
  return {
    time,
    instant: isFloating ? wall : time.toUnixTime() * 1000,
    zone: tzid === '' ? null : oneLine(tzid, MAX_LINE),
    isFloating,
  };
}

function endOf(event: ICAL.Component, start: number, isAllDay: boolean): number {
  const end = timeOf(event, 'dtend')?.instant;
  if (end !== undefined && end >= start) return end;
  const duration: unknown = event.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration) return start + Math.max(0, duration.toSeconds() * 1000);
  return isAllDay ? start + 24 * 60 * 60 * 1000 : start;
}

function recurrenceOf(event: ICAL.Component): Recurrence | null {
  const recur = recurOf(event.getFirstProperty('rrule'));
  const frequency = recur === null ? undefined : FREQUENCIES[recur.freq];
  if (recur === null || frequency === undefined) return null;
  const days: unknown = recur.parts['BYDAY'];
  return {
    frequency,
    interval: Math.max(1, recur.interval || 1),
    days: Array.isArray(days)
      ? days.map(String).filter((day) => /^[+-]?\d?[A-Z]{2}$/.test(day))
      : [],
    count: recur.count ?? null,
    until:
      recur.until === null || recur.until === undefined ? null : recur.until.toUnixTime() * 1000,
  };
}

function recurOf(property: ICAL.Property | null): ICAL.Recur | null {
  const value: unknown = property?.getFirstValue();
  return value instanceof ICAL.Recur ? value : null;
}

function partyOf(property: ICAL.Property | null): MailParty | null {
  if (property === null) return null;
  const value = String(property.getFirstValue() ?? '').replace(/^mailto:/i, '');
  const address = oneLine(value, MAX_LINE).toLowerCase();
  if (!address.includes('@')) return null;
  return { name: oneLine(parameter(property, 'cn'), MAX_LINE), address };
}

function joinUrlOf(event: ICAL.Component): string | null {
  for (const name of JOIN_FIELDS) {
    for (const property of event.getAllProperties(name)) {
      const found = JOIN_LINK.exec(String(property.getFirstValue() ?? ''))?.[0];
      if (found !== undefined && URL.canParse(found)) return new URL(found).href;
    }
  }
  return null;
}

function text(component: ICAL.Component, name: string): string {
  const value: unknown = component.getFirstPropertyValue(name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function parameter(property: ICAL.Property, name: string): string {
  const value: unknown = property.getParameter(name);
  return typeof value === 'string' ? value : '';
}

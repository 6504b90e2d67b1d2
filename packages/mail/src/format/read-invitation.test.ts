import { instantOf } from '@holdfast/domain';
import { startThreadTime } from '@holdfast/vitest-preset/thread-time';
import { describe, expect, test } from 'vitest';
import { knownZone } from './calendar-zone.ts';
import { readInvitation } from './read-invitation.ts';

function calendar(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}
function event(...lines: readonly string[]): string {
  return calendar('METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:1@x', ...lines, 'END:VEVENT');
}
const OUTLOOK_ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:(UTC+01:00) Somewhere of our own',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

describe('an invitation', () => {
  test('as Outlook sends it has what, when, where, who and how to join', () => {
    const source = calendar(
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      'UID:1@x',
      'SUMMARY;LANGUAGE=en-US:Budget 2027',
      'DTSTART;TZID=W. Europe Standard Time:20261202T090000',
      'DTEND;TZID=W. Europe Standard Time:20261202T100000',
      'LOCATION:Room 4\\, first floor',
      'DESCRIPTION:Agenda\\n1. Numbers\\nhttps://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0',
      'ORGANIZER;CN="Megan Bowen":mailto:Megan@contoso.example',
      'ATTENDEE;CN=Adele Vance;PARTSTAT=ACCEPTED:mailto:adele@contoso.example',
      'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:tom@northwind.example',
      'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20270331T080000Z',
      'SEQUENCE:2',
      'END:VEVENT',
    );
    expect(readInvitation(source)).toEqual({
      method: 'request',
      subject: 'Budget 2027',
      location: 'Room 4, first floor',
      notes: 'Agenda\n1. Numbers\nhttps://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0',
      start: Date.UTC(2026, 11, 2, 8),
      end: Date.UTC(2026, 11, 2, 9),
      isAllDay: false,
      zone: 'Europe/Berlin',
      isFloating: false,
      organizer: { name: 'Megan Bowen', address: 'megan@contoso.example' },
      attendees: [
        { name: 'Adele Vance', address: 'adele@contoso.example', answer: 'accepted' },
        { name: '', address: 'tom@northwind.example', answer: 'none' },
      ],
      recurrence: {
        frequency: 'weekly',
        interval: 2,
        days: ['MO', 'WE'],
        count: null,
        until: Date.UTC(2027, 2, 31, 8),
      },
      isOneOfSeries: false,
      sequence: 2,
      joinUrl: 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0',
    });
  });

  test('uses the zone that it defines where nobody knows the name', () => {
    const source = calendar(
      ...OUTLOOK_ZONE,
      'BEGIN:VEVENT',
      'DTSTART;TZID="(UTC+01:00) Somewhere of our own":20260702T090000',
      'DURATION:PT45M',
      'END:VEVENT',
    );
    expect(readInvitation(source)).toMatchObject({
      method: 'publish',
      start: Date.UTC(2026, 6, 2, 7),
      end: Date.UTC(2026, 6, 2, 7, 45),
      zone: '(UTC+01:00) Somewhere of our own',
      isFloating: false,
    });
  });

  test('for whole days, in UTC, and without a zone', () => {
    expect(
      readInvitation(event('DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227')),
    ).toMatchObject({
      isAllDay: true,
      start: Date.UTC(2026, 11, 24),
      end: Date.UTC(2026, 11, 27),
    });
    expect(readInvitation(event('DTSTART:20261224T100000Z'))).toMatchObject({
      start: Date.UTC(2026, 11, 24, 10),
      zone: null,
      isFloating: false,
    });
    expect(readInvitation(event('DTSTART:20261224T100000'))).toMatchObject({
      start: Date.UTC(2026, 11, 24, 10),
      isFloating: true,
    });
    expect(readInvitation(event('DTSTART;TZID=Nowhere/At_all:20261224T100000'))?.isFloating).toBe(
      true,
    );
  });

  test('that was cancelled, or answered, says so', () => {
    const source = (method: string) =>
      calendar(
        `METHOD:${method}`,
        'BEGIN:VEVENT',
        'DTSTART:20261224T100000Z',
        'RECURRENCE-ID:20261224T100000Z',
        'END:VEVENT',
      );
    expect(readInvitation(source('CANCEL'))).toMatchObject({
      method: 'cancel',
      isOneOfSeries: true,
    });
    expect(readInvitation(source('reply'))?.method).toBe('reply');
  });

  test('joins only where meetings are held', () => {
    const join = (...lines: string[]) =>
      readInvitation(event('DTSTART:20261224T100000Z', ...lines))?.joinUrl;
    expect(join('URL:https://zoom.us/j/123?pwd=x')).toBe('https://zoom.us/j/123?pwd=x');
    expect(join('X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij')).toContain(
      'meet.google',
    );
    expect(join('URL:https://zoom.us.evil.example/j/123')).toBeNull();
    expect(join('URL:javascript:alert(1)//https://x.example')).toBeNull();
    expect(join('LOCATION:https://evil.example/teams.microsoft.com/l/meetup-join/')).toBeNull();
  });
});

describe('what is no invitation', () => {
  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['no event', calendar('BEGIN:VTODO', 'SUMMARY:x', 'END:VTODO')],
    ['no beginning', event('SUMMARY:x')],
    ['a date that is none', event('DTSTART:20269999T999999Z-x')],
    ['never closed', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261224T100000Z'],
    ['components within components', 'BEGIN:VCALENDAR\r\n'.repeat(20_000)],
  ])('%s', (_what, source) => {
    expect(() => readInvitation(source)).not.toThrow();
  });

  test.each(['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY'])(
    'a clock that changes %s is not computed',
    (frequency) => {
      const zone = OUTLOOK_ZONE.map((line) => line.replace('FREQ=YEARLY', `FREQ=${frequency}`));
      const took = startThreadTime();
      const source = calendar(
        ...zone,
        'BEGIN:VEVENT',
        'DTSTART;TZID="(UTC+01:00) Somewhere of our own":20261202T090000',
        'RRULE:FREQ=SECONDLY',
        'END:VEVENT',
      );
      expect(readInvitation(source)).toMatchObject({ isFloating: true, recurrence: null });
      expect(took()).toBeLessThan(1000);
    },
  );
});

test('clocks are read on both sides of their changes', () => {
  expect(instantOf(Date.UTC(2026, 2, 29, 1, 59), 'Europe/Berlin')).toBe(
    Date.UTC(2026, 2, 29, 0, 59),
  );
  expect(instantOf(Date.UTC(2026, 2, 29, 3), 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1));
  expect(instantOf(Date.UTC(2026, 6, 1, 12), 'America/New_York')).toBe(Date.UTC(2026, 6, 1, 16));
  expect(knownZone('/freeassociation.sourceforge.net/Tzfile/Europe/Berlin')).toBe('Europe/Berlin');
  expect(knownZone('Nowhere/At_all')).toBeNull();
});

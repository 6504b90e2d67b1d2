import { expect, test } from 'vitest';
import { timesOf } from './invitation-times.ts';

const AT = {
  start: '2026-12-02T08:00:00Z',
  end: '2026-12-02T09:00:00Z',
  isAllDay: false,
  zone: 'Europe/Berlin',
  isFloating: false,
};

test('a meeting is told in the zone of its reader, and in the organiser’s where that differs', () => {
  const { here, there } = timesOf(AT, 'America/New_York', 'en-GB');
  expect(here).toMatch(/^Wed,? 2 December 2026(?:,| at) 03:00.04:00 GMT-5$/);
  expect(there).toBe('09:00–10:00');
  expect(timesOf(AT, 'Europe/Paris', 'en-GB').there).toBeNull();
  expect(timesOf({ ...AT, zone: 'Somewhere of our own' }, 'UTC', 'en-GB').there).toBeNull();
});

test('whole days end on their last one, and a time without a zone stays what it is', () => {
  const days = {
    ...AT,
    isAllDay: true,
    isFloating: true,
    start: '2026-12-24T00:00:00Z',
    end: '2026-12-27T00:00:00Z',
  };
  expect(timesOf(days, 'America/New_York', 'en-GB').here).toMatch(/24.*26 December 2026/);
  expect(timesOf({ ...AT, isFloating: true }, 'America/New_York', 'en-GB').here).toContain('08:00');
});

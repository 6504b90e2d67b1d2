import { expect, test } from 'vitest';
import { nextCheckAt } from './check-schedule.ts';
import { MINUTE } from '../instant.ts';

const pause = (ttl: number | null, watched: boolean, fraction = 0.5) =>
  nextCheckAt(0, { ttl, watchedUntil: watched ? 1 : null, fraction });

test('a domain is looked at every quarter of an hour, give or take a tenth', () => {
  expect([0, 0.5, 1].map((fraction) => pause(300, false, fraction))).toEqual([
    13.5 * MINUTE,
    15 * MINUTE,
    16.5 * MINUTE,
  ]);
});

test('while its MX moves, as often as its TTL, once a minute at most', () => {
  expect([null, 10, 300, 86_400].map((ttl) => pause(ttl, true, 0))).toEqual([
    MINUTE,
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
  ]);
  expect(pause(300, true, 1)).toBe(5.5 * MINUTE);
});

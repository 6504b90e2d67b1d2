import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../instant.ts';
import {
  afterPush,
  readPushAnswer,
  readRetryAfter,
  reasonFor,
  urgencyOf,
} from './push-delivery.ts';

const NOW = Date.UTC(2026, 10, 26, 3);
const later = (retryAfter: number | null) => ({ kind: 'later', retryAfter, detail: '' }) as const;

test.each([
  [201, 'taken'],
  [202, 'taken'],
  [404, 'gone'],
  [410, 'gone'],
  [403, 'gone'],
  [301, 'later'],
  [400, 'later'],
  [401, 'later'],
  [413, 'later'],
  [429, 'later'],
  [500, 'later'],
  [503, 'later'],
] as const)('an answer of %i: %s', (status, kind) => {
  expect(readPushAnswer(status, null).kind).toBe(kind);
});

test('what could not be told is tried again with longer and longer pauses, and at last given up', () => {
  const pauses: number[] = [];
  let after = afterPush(later(null), 0, NOW);
  while (after.kind === 'again') {
    pauses.push(after.at - NOW);
    after = afterPush(later(null), after.failures, NOW);
  }
  expect(after).toEqual({ kind: 'remove', why: 'given up' });
  expect(pauses.slice(0, 4)).toEqual([30 * SECOND, MINUTE, 2 * MINUTE, 4 * MINUTE]);
  expect(Math.max(...pauses)).toBe(4 * HOUR);
  const all = pauses.reduce((sum, each) => sum + each, 0);
  expect(all).toBeGreaterThan(16 * HOUR);
  expect(all).toBeLessThan(DAY);
});

test('a service that says when is asked no sooner, and one that says never after a day all the same', () => {
  expect(afterPush(later(10 * MINUTE), 0, NOW)).toMatchObject({ at: NOW + 10 * MINUTE });
  expect(afterPush(later(SECOND), 2, NOW)).toMatchObject({ at: NOW + 2 * MINUTE });
  expect(afterPush(later(999 * DAY), 0, NOW)).toMatchObject({ at: NOW + DAY });
});

test('Retry-After is read as seconds and as a date', () => {
  expect(readRetryAfter('120', NOW)).toBe(2 * MINUTE);
  expect(readRetryAfter('Thu, 26 Nov 2026 03:05:00 GMT', NOW)).toBe(5 * MINUTE);
  expect(readRetryAfter('Thu, 26 Nov 2026 02:00:00 GMT', NOW)).toBe(0);
  expect(readRetryAfter('soon', NOW)).toBeNull();
  expect(readRetryAfter(null, NOW)).toBeNull();
});

test('a change of the event wakes a device that saves power; mail waits until it wakes', () => {
  expect(urgencyOf('state').urgency).toBe('high');
  expect(urgencyOf('mail')).toMatchObject({ urgency: 'normal', ttl: 12 * 3_600 });
});

test.each([
  ['open', 'open', 'mail'],
  ['open', 'read-only', 'state'],
  ['open', 'closed', 'state'],
  ['read-only', 'open', 'state'],
  ['read-only', 'closed', null],
  ['read-only', 'read-only', null],
] as const)('a mailbox known as %s that is %s: %s', (known, access, reason) => {
  expect(reasonFor(known, access)).toBe(reason);
});

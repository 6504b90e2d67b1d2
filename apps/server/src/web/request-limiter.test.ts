import { expect, test } from 'vitest';
import { createRequestLimiter } from './request-limiter.ts';

test('admits so many in a window, each key for itself, and again after it', () => {
  let now = 0;
  const limiter = createRequestLimiter({ most: 2, window: 1000 }, { now: () => now });
  const three = (): readonly boolean[] => [1, 2, 3].map(() => limiter.admits('a'));
  expect(three()).toEqual([true, true, false]);
  expect(limiter.admits('b')).toBe(true);
  now = 1000;
  expect(three()).toEqual([true, true, false]);
});

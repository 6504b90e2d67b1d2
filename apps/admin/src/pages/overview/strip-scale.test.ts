import { expect, it } from 'vitest';
import { barHeights, niceTop } from './strip-scale.ts';

it('rounds the top to what a person reads easily', () => {
  expect([0, 3, 11, 83, 100, 101, 4_200].map(niceTop)).toEqual([10, 10, 20, 100, 100, 200, 5_000]);
});

it('keeps a single message visible and nothing invisible', () => {
  expect(barHeights({ accepted: 1, delivered: 0 }, 5_000, 95)).toEqual({
    accepted: 2,
    delivered: 0,
  });
});

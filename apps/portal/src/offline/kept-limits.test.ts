import { expect, test } from 'vitest';
import { excess, MAX_KEPT, MAX_KEPT_BYTES, MAX_KEPT_ONE } from './kept-limits.ts';

const one = (key: string, size: number, usedAt: number) => ({ key, size, usedAt });

test('within the limits nothing goes', () => {
  expect(excess([one('a', 10, 1), one('b', MAX_KEPT_ONE, 2)])).toEqual([]);
});

test('more than the number: the longest unused goes', () => {
  const kept = Array.from({ length: MAX_KEPT + 2 }, (_, index) => one(`${index}`, 1, index));
  expect(excess(kept)).toEqual(['1', '0']);
});

test('more than the bytes: the longest unused goes, and one that is too large goes first', () => {
  const many = Math.ceil(MAX_KEPT_BYTES / MAX_KEPT_ONE);
  const kept = Array.from({ length: many + 1 }, (_, index) => one(`${index}`, MAX_KEPT_ONE, index));
  expect(excess([one('huge', MAX_KEPT_ONE + 1, 99), ...kept])).toEqual(['huge', '0']);
});

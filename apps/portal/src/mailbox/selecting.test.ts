import { expect, test } from 'vitest';
import { toggled, withRange } from './selecting.ts';

const order = ['a', 'b', 'c', 'd', 'e'];

test('a tap ticks a row, and another takes the tick away', () => {
  expect([...toggled(new Set(['a']), 'b')]).toEqual(['a', 'b']);
  expect([...toggled(new Set(['a', 'b']), 'a')]).toEqual(['b']);
});

test('with Shift everything between is ticked, in both directions, and nothing is lost', () => {
  expect([...withRange(new Set(['a']), order, 'b', 'd')]).toEqual(['a', 'b', 'c', 'd']);
  expect([...withRange(new Set(['e']), order, 'd', 'b')].toSorted()).toEqual(['b', 'c', 'd', 'e']);
});

test('a row that is gone since is no end of a range', () => {
  expect([...withRange(new Set(), order, 'gone', 'c')]).toEqual(['c']);
  expect([...withRange(new Set(), order, null, 'c')]).toEqual(['c']);
});

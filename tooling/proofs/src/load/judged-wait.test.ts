import { expect, test } from 'vitest';
import { judgedOfBudget, judgedOfOne } from './judged-wait.ts';

const quick = (count: number): number[] => Array.from({ length: count }, () => 10);

test('the long form judges the slowest', () => {
  expect(judgedOfOne('long', [...quick(99), 3000]).took).toBe(3000);
  expect(judgedOfBudget('long', [...quick(99), 3000], 10).took).toBe(3000);
});

test('of one client the short form leaves out a moment, and sees what holds up one message of ten', () => {
  expect(judgedOfOne('short', [...quick(99), 3000]).took).toBe(10);
  expect(judgedOfOne('short', [...quick(90), ...quick(10).map(() => 3000)]).took).toBe(3000);
});

test('of a budget the short form leaves out a moment that meets all connections', () => {
  const budget = quick(10).map(() => 2000);
  const stalled = [...budget, ...quick(20), ...quick(10).map(() => 9000), ...quick(20)];
  expect(judgedOfBudget('short', stalled, 10).took).toBe(2000);
});

test('of a budget the short form sees that the first wait longer, or that those after them do', () => {
  const late = quick(10).map(() => 10_000);
  expect(judgedOfBudget('short', [...late, ...quick(50)], 10).took).toBe(10_000);
  expect(judgedOfBudget('short', [...quick(10), ...late, ...late], 10).took).toBe(10_000);
});

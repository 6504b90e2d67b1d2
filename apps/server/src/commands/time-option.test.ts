import { Refusal } from '@holdfast/application';
import { expect, it } from 'vitest';
import { readInstant, readSpan } from './time-option.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

it.each([
  ['2026-11-22', Date.UTC(2026, 10, 22)],
  ['2026-11-22T08:30:00Z', Date.UTC(2026, 10, 22, 8, 30)],
  ['36h', NOW - 36 * 3_600_000],
  ['20d', NOW - 20 * 24 * 3_600_000],
])('%s is a point in time', (text, expected) => {
  expect(readInstant('--since', text, NOW)).toBe(expected);
});

it.each(['yesterday', '', '5', '2026-13-45'])('“%s” is refused in words', (text) => {
  expect(() => readInstant('--since', text, NOW)).toThrow(Refusal);
  expect(() => readSpan('--older-than', text)).toThrow(/90m, 36h or 20d/);
});

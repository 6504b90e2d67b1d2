import type { QueueRow } from '@holdfast/contracts';
import { expect, it } from 'vitest';
import {
  countPossible,
  isChosen,
  MOST_TICKED,
  NONE_CHOSEN,
  refreshChosen,
  setChosen,
} from './chosen-deliveries.ts';

const row = (id: string, commands: QueueRow['commands'] = ['hold', 'discard']): QueueRow => ({
  id,
  messageId: id,
  sender: 'orders@shop.example',
  from: null,
  recipient: 'megan@contoso.example',
  subject: '',
  size: 1,
  direction: 'inbound',
  route: 'primary',
  state: 'queued',
  queueState: 'queued',
  reason: 'not-tried',
  verdict: 'deliver',
  verdictReason: 'clean',
  attempts: 0,
  reply: null,
  acceptedAt: '2026-11-23T09:00:00.000Z',
  dueAt: null,
  changedAt: '2026-11-23T09:00:00.000Z',
  commands,
});
const [a, b, c] = [row('a'), row('b'), row('c', ['retry'])];

it('keeps ticks of other pages', () => {
  const first = setChosen(NONE_CHOSEN, [a, b], [a], true);
  const second = setChosen(first, [c], [c], true);
  expect(second.rows.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(setChosen(second, [c], [c], false).rows).toEqual([a]);
});

it('counts for each command those it is possible for', () => {
  const chosen = { rows: [a, b, c], all: false };
  expect(countPossible(chosen, 'hold', 9)).toBe(2);
  expect(countPossible(chosen, 'retry', 9)).toBe(1);
  expect(countPossible({ rows: [], all: true }, 'retry', 9)).toBe(9);
});

it('is everything that matches until a tick says otherwise', () => {
  const all = { rows: [], all: true };
  expect(isChosen(all, a)).toBe(true);
  expect(setChosen(all, [a, b], [b], false)).toEqual({ rows: [a], all: false });
});

it('offers what is possible now, not what was when it was ticked', () => {
  const chosen = refreshChosen({ rows: [a, b], all: false }, [row('a', [])]);
  expect(countPossible(chosen, 'hold', 9)).toBe(1);
});

it('names no more than one command takes', () => {
  const many = Array.from({ length: MOST_TICKED + 5 }, (_, index) => row(String(index)));
  expect(setChosen(NONE_CHOSEN, many, many, true).rows).toHaveLength(MOST_TICKED);
});

import { expect, it } from 'vitest';
import { heldShare, hold, HOLD_FOR, IDLE } from './hold.ts';

const pressed = hold(IDLE, { type: 'press', at: 1_000 });

it('confirms only after the whole time', () => {
  expect(hold(pressed, { type: 'tick', at: 1_000 + HOLD_FOR - 1 }).phase).toBe('holding');
  expect(hold(pressed, { type: 'tick', at: 1_000 + HOLD_FOR }).phase).toBe('confirmed');
});

it('starts over when it is let go', () => {
  const released = hold(pressed, { type: 'release' });
  expect(hold(released, { type: 'tick', at: 1_000 + HOLD_FOR }).phase).toBe('idle');
});

it('keeps its start when a key repeats', () => {
  expect(hold(pressed, { type: 'press', at: 1_900 })).toEqual(pressed);
});

it('cannot be taken back by letting go after it was confirmed', () => {
  const confirmed = hold(pressed, { type: 'tick', at: 9_000 });
  expect(hold(confirmed, { type: 'release' }).phase).toBe('confirmed');
});

it('shows a share between nothing and all', () => {
  expect(heldShare(IDLE, 5_000)).toBe(0);
  expect(heldShare(pressed, 1_000 + HOLD_FOR / 2)).toBe(0.5);
  expect(heldShare(pressed, 99_000)).toBe(1);
});

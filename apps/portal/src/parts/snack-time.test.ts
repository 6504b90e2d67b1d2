import { expect, test } from 'vitest';
import { afterwards } from './snack-time.ts';

const undo = { label: 'Undo', run: () => undefined };

test('a notice goes after the usual time, and a problem stays until it is dismissed', () => {
  expect(afterwards({ text: 'Archived', action: undo })).toEqual({ in: 8_000, next: null });
  expect(afterwards({ text: 'Not sent.', tone: 'problem' })).toBeNull();
});

test('an offer goes when it is over, and stays longer than the usual time when it stands for longer', () => {
  const offer = { text: 'Sent', action: { ...undo, offeredFor: 20_000 } };
  expect(afterwards(offer)).toEqual({ in: 20_000, next: null });
});

test('what is said stands for the usual time although the offer is over in an instant: “Sent” was never seen when its answer came late', () => {
  const offer = { text: 'Sent', action: { ...undo, offeredFor: 40 } };
  expect(afterwards(offer)).toEqual({ in: 40, next: { text: 'Sent', shownFor: 7_960 } });
});

import { describe, expect, it } from 'vitest';
import { decideSeats } from './plan.ts';

describe('seats', () => {
  const plan = { name: 'Business', continuity: true, seats: 50 };

  it.each([
    ['the last seat', plan, 50, { ok: true }],
    ['one too many', plan, 51, { ok: false, refusal: 'not-enough-seats', seats: 50, wanted: 51 }],
    [
      'a plan without continuity',
      { ...plan, continuity: false },
      1,
      { ok: false, refusal: 'not-in-plan', seats: 0, wanted: 1 },
    ],
  ] as const)('%s', (_name, bought, wanted, decision) => {
    expect(decideSeats(bought, wanted)).toEqual(decision);
  });
});

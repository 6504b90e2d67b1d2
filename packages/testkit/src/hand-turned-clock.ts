import type { Clock } from '@holdfast/application';
import type { Instant } from '@holdfast/domain';

/** A Monday in summer; any fixed instant would do. */
export const TEST_EPOCH: Instant = Date.UTC(2026, 5, 1, 9, 0, 0);

export interface HandTurnedClock extends Clock {
  /** Milliseconds. */
  advance(by: number): Instant;
  set(to: Instant): void;
}

export function createHandTurnedClock(start: Instant = TEST_EPOCH): HandTurnedClock {
  let now = start;
  return {
    now: () => now,
    advance: (by) => (now += by),
    set: (to) => {
      now = to;
    },
  };
}

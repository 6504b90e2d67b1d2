import { SECOND, type EvidenceWeight, type Instant } from '@holdfast/domain';

/** One organisation's way to Office 365: closed lets mail through, open probes with one connection at a time. */
export interface Breaker {
  readonly failures: number;
  /** While open: when the next probe is due. Null: closed. */
  readonly probeAt: Instant | null;
}

export const CLOSED: Breaker = { failures: 0, probeAt: null };
/** Failures in a row, of the primary as a whole, that open it. */
export const OPEN_AFTER = 3;
export const SHORTEST_PAUSE = 2 * SECOND;
export const LONGEST_PAUSE = 10 * SECOND;

export function afterSuccess(): Breaker {
  return CLOSED;
}

/** Only what says something about the primary as a whole counts: one full mailbox must not stop everyone's mail. */
export function afterFailure(breaker: Breaker, weight: EvidenceWeight, now: Instant): Breaker {
  if (weight !== 'high') return breaker;
  const failures = breaker.failures + 1;
  if (failures < OPEN_AFTER) return { failures, probeAt: null };
  const pause = Math.min(SHORTEST_PAUSE * 2 ** Math.min(failures - OPEN_AFTER, 10), LONGEST_PAUSE);
  return { failures, probeAt: now + pause };
}

export function isOpen(breaker: Breaker): boolean {
  return breaker.probeAt !== null;
}

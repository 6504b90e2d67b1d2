import { MINUTE, SECOND, type EvidenceWeight, type Instant } from '@holdfast/domain';

/** One way to a destination: closed lets mail through, open tries it with one connection at a time. */
export interface Breaker {
  readonly failures: number;
  /** While open: when the next probe is due. Null: closed. */
  readonly probeAt: Instant | null;
}

export interface BreakerPauses {
  readonly shortest: number;
  readonly longest: number;
}

export const CLOSED: Breaker = { failures: 0, probeAt: null };
/** Failures in a row, of the destination as a whole, that open it. */
export const OPEN_AFTER = 3;
/** The tenant is asked often: what waits for it is everything. */
export const PRIMARY_PAUSES: BreakerPauses = { shortest: 2 * SECOND, longest: 10 * SECOND };
/** A stranger's host is left alone longer, with one message at a time as its probe. */
export const REMOTE_PAUSES: BreakerPauses = { shortest: 1 * MINUTE, longest: 30 * MINUTE };

export function afterSuccess(): Breaker {
  return CLOSED;
}

/** Only what says something about the destination as a whole counts: one full mailbox must not stop everyone's mail. */
export function afterFailure(
  breaker: Breaker,
  weight: EvidenceWeight,
  now: Instant,
  { shortest, longest }: BreakerPauses = PRIMARY_PAUSES,
): Breaker {
  if (weight !== 'high') return breaker;
  const failures = breaker.failures + 1;
  if (failures < OPEN_AFTER) return { failures, probeAt: null };
  const pause = Math.min(shortest * 2 ** Math.min(failures - OPEN_AFTER, 10), longest);
  return { failures, probeAt: now + pause };
}

export function isOpen(breaker: Breaker): boolean {
  return breaker.probeAt !== null;
}

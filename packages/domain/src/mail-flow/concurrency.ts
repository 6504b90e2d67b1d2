/** How many connections a destination gets at once, and how it came to that. */
export interface Concurrency {
  readonly limit: number;
  /** Share of a full cohort of successes at this limit; at 1 it grows. */
  readonly credit: number;
  /** Answers of connections that were open when it was halved: they speak of the limit before. */
  readonly stale: number;
}

/** `overloaded`: throttled, out of resources, or not answering; `neutral` says nothing about the destination. */
export type ConcurrencyVerdict = 'good' | 'overloaded' | 'neutral';

/** After an outage we are the sudden volume: a destination begins with few connections (reference "mail", 1.4). */
export const FIRST_CONCURRENCY: Concurrency = { limit: 3, credit: 0, stale: 0 };

/**
 * Additive growth, one more for each cohort of successes, and halving at most once for each cohort of answers: a burst
 * of throttling replies to connections of the same moment is one fact. Never below 1, never above `cap`.
 */
export function adaptConcurrency(
  { limit, credit, stale }: Concurrency,
  verdict: ConcurrencyVerdict,
  cap: number,
): Concurrency {
  const left = Math.max(stale - 1, 0);
  switch (verdict) {
    case 'neutral':
      return { limit, credit, stale };
    case 'good': {
      const earned = credit + 1 / limit;
      // Thirds do not add up to one in binary.
      return earned > 0.999_999
        ? { limit: Math.max(Math.min(limit + 1, cap), 1), credit: 0, stale: left }
        : { limit: Math.max(Math.min(limit, cap), 1), credit: earned, stale: left };
    }
    case 'overloaded':
      return stale > 0
        ? { limit, credit: 0, stale: left }
        : { limit: Math.max(Math.floor(limit / 2), 1), credit: 0, stale: limit - 1 };
  }
}

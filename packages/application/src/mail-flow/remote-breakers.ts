import { assessOutcome, type AttemptOutcome, type Instant } from '@holdfast/domain';
import type { RelayResult } from '../ports/relay-transport.ts';
import { afterFailure, CLOSED, isOpen, REMOTE_PAUSES, type Breaker } from './breaker.ts';

export interface RemoteBreakers {
  /**
   * May a transaction to this destination begin? When the pause is over one may, as the probe; the others wait until
   * its answer. `until` null: go ahead.
   */
  enter(destination: string, now: Instant): { readonly until: Instant | null };
  /** What the transaction met. */
  learn(destination: string, results: readonly RelayResult[], now: Instant): void;
  /** The last failure of a destination whose breaker is open; null while it is closed. */
  failureOf(destination: string): AttemptOutcome | null;
}

interface Known {
  readonly breaker: Breaker;
  readonly failure: AttemptOutcome;
}

/** Closed ones are forgotten, so that this counts dead destinations. */
const REMEMBERED = 10_000;

/** Hosts of strangers: a dead one's mail is not tried one by one. Each failure costs a connect timeout of a minute. */
export function createRemoteBreakers(): RemoteBreakers {
  const known = new Map<string, Known>();
  return {
    enter(destination, now) {
      const found = known.get(destination);
      if (found === undefined || !isOpen(found.breaker)) return { until: null };
      const { probeAt, failures } = found.breaker;
      if (probeAt === null || probeAt > now) return { until: probeAt };
      // The probe is on its way; its answer opens or closes, and until then nobody else tries.
      const next = now + REMOTE_PAUSES.shortest;
      known.set(destination, { ...found, breaker: { failures, probeAt: next } });
      return { until: null };
    },
    learn(destination, results, now) {
      const worst = results.find(({ outcome }) => assessOutcome(outcome).weight === 'high');
      if (worst === undefined) {
        known.delete(destination);
        return;
      }
      const breaker = known.get(destination)?.breaker ?? CLOSED;
      if (known.size >= REMEMBERED) known.clear();
      known.set(destination, {
        breaker: afterFailure(breaker, 'high', now, REMOTE_PAUSES),
        failure: worst.outcome,
      });
    },
    failureOf(destination) {
      const found = known.get(destination);
      return found !== undefined && isOpen(found.breaker) ? found.failure : null;
    },
  };
}

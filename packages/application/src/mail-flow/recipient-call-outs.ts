import { assessOutcome, CALL_OUT_MEMORY, type SnapshotDomain } from '@holdfast/domain';
import type { Clock } from '../ports/clock.ts';
import type { Answer } from '../ports/reception.ts';
import type { RelayTransport } from '../ports/relay-transport.ts';

/** Remembers for 30 days which addresses Office 365 said yes to. Survives a restart. */
export interface CallOutMemory {
  until(address: string): number | null;
  remember(address: string, until: number): void;
}

/** How long Office 365 may take to say whether it knows a recipient. Unit: milliseconds. */
const CALL_OUT_TIMEOUT = 10_000;
/** Questions under way at once; above it the sender is told to come later. */
export const MAX_CALL_OUTS = 20;
/** A no, and that there was no answer, are remembered so long, in memory only. Unit: milliseconds. */
export const REFUSAL_MEMORY = 60_000;
/** Addresses with such an answer; the oldest go first. */
const MOST_REFUSALS = 10_000;

/** What Office 365 says of an address that no list of ours names. */
export type CallOutAnswer = 'known' | 'unknown' | 'no-answer';

export interface CallOuts {
  readonly ask: (address: string, domain: SnapshotDomain) => Answer<CallOutAnswer>;
}

/**
 * One question at a time for an address, a bounded number of them in all, and none again for a minute after a no: a
 * stranger must not be able to make us a nuisance to the tenant, nor to wait for it with thousands of sessions.
 */
export function createCallOuts(options: {
  readonly relay: Pick<RelayTransport, 'probe'>;
  readonly memory: CallOutMemory;
  readonly clock: Clock;
}): CallOuts {
  const { relay, memory, clock } = options;
  const underWay = new Map<string, Promise<CallOutAnswer>>();
  const refusals = new Map<string, { readonly answer: CallOutAnswer; readonly until: number }>();

  async function probe(address: string, domain: SnapshotDomain): Promise<CallOutAnswer> {
    const outcome = await relay.probe({
      hosts: domain.nextHops,
      from: '',
      recipient: address,
      timeout: CALL_OUT_TIMEOUT,
    });
    const { action, class: cls } = assessOutcome(outcome);
    if (action === 'delivered') {
      memory.remember(address, clock.now() + CALL_OUT_MEMORY);
      return 'known';
    }
    const answer = cls === 'unknown-recipient' ? 'unknown' : 'no-answer';
    refusals.set(address, { answer, until: clock.now() + REFUSAL_MEMORY });
    const [oldest] = refusals.keys();
    if (refusals.size > MOST_REFUSALS && oldest !== undefined) refusals.delete(oldest);
    return answer;
  }

  return {
    ask(address, domain) {
      if (domain.nextHops.length === 0) return 'no-answer';
      const refusal = refusals.get(address);
      if (refusal !== undefined && refusal.until > clock.now()) return refusal.answer;
      refusals.delete(address);
      const asked = underWay.get(address);
      if (asked !== undefined) return asked;
      if (underWay.size >= MAX_CALL_OUTS) return 'no-answer';
      const question = probe(address, domain).finally(() => underWay.delete(address));
      underWay.set(address, question);
      return question;
    },
  };
}

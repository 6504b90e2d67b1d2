import type { CutOverEvidence } from './cut-over-evidence.ts';
import { DAY, HOUR, MINUTE, type Instant } from '../instant.ts';

/** Before the domain's mail comes through us, in this order. */
export const PREPARING_STEPS = ['ttl', 'recipients', 'connector', 'canary', 'policies'] as const;
export const CUT_OVER_STEPS = [...PREPARING_STEPS, 'mx', 'direct-senders', 'lock-down'] as const;
export const WAY_BACK_STEPS = ['lock-down-off', 'policies-back', 'mx-back', 'relay-only'] as const;

export type CutOverStep = (typeof CUT_OVER_STEPS)[number];
export type WayBackStep = (typeof WAY_BACK_STEPS)[number];

export interface CutOverPolicy {
  /** How long ahead of the change the TTL has to be low. Milliseconds. */
  readonly ttlLead: number;
  /** A TTL up to this is low. Seconds. */
  readonly lowTtl: number;
  /** After the change, before it is told who still sends directly. Milliseconds. */
  readonly watchFor: number;
  /** On the way back we relay at least this long after MX left us. Milliseconds. */
  readonly relayOnly: number;
  /** A probe that has not arrived by then counts as lost. Milliseconds. */
  readonly canaryPatience: number;
  /** Evidence older than this decides nothing. Milliseconds. */
  readonly freshFor: number;
}

export const DEFAULT_CUT_OVER_POLICY: CutOverPolicy = {
  ttlLead: 48 * HOUR,
  lowTtl: 300,
  watchFor: 72 * HOUR,
  relayOnly: 7 * DAY,
  canaryPatience: 15 * MINUTE,
  freshFor: 30 * MINUTE,
};

/** Longest reason for skipping, attesting or going back. Characters. */
export const MAX_CUT_OVER_REASON = 500;

export interface Skip {
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
}

export type Canary =
  | { readonly state: 'on-its-way'; readonly probeId: string; readonly sentAt: Instant }
  | {
      readonly state: 'arrived';
      readonly probeId: string;
      readonly sentAt: Instant;
      readonly arrivedAt: Instant;
      /** Seen in the mailbox by ourselves, or its code typed in by somebody who opened it. */
      readonly seenBy: 'graph' | 'code';
    }
  | {
      readonly state: 'lost';
      readonly probeId: string;
      readonly sentAt: Instant;
      readonly detail: string;
    };

export interface DirectSenderCount {
  readonly readAt: Instant;
  readonly messages: number;
  readonly sources: number;
}

/** Since when something has been seen without a break; null: it is not so now. */
export interface Watched {
  readonly ttlLowSince: Instant | null;
  /** The longest TTL ever seen, in seconds: how long somebody may still hold the old answer. */
  readonly longestTtl: number | null;
  readonly policyReadySince: Instant | null;
  /** The longest `max_age` ever seen, in seconds: how long senders may hold a policy without us. */
  readonly longestMaxAge: number | null;
}

interface Begun {
  readonly startedAt: Instant;
  readonly startedBy: string;
  readonly watched: Watched;
  readonly skipped: Readonly<Partial<Record<CutOverStep | WayBackStep, Skip>>>;
  readonly canary: Canary | null;
}

export type CutOver =
  | (Begun & { readonly phase: 'preparing' })
  | (Begun & {
      readonly phase: 'through-us';
      readonly changedAt: Instant;
      /** MX points elsewhere again, and nobody has begun the way back; null while all is well. */
      readonly leftAt: Instant | null;
      readonly directSenders: DirectSenderCount | null;
    })
  | (Begun & {
      readonly phase: 'way-back';
      readonly backStartedAt: Instant;
      readonly backStartedBy: string;
      readonly reason: string;
      /** No MX is ours since then; null while one is. */
      readonly mxBackSince: Instant | null;
      /** Until then we relay what still comes; null while MX is ours. */
      readonly relayUntil: Instant | null;
    })
  | {
      readonly phase: 'back';
      readonly startedAt: Instant;
      readonly backAt: Instant;
      readonly reason: string;
    };

export type CutOverCommand =
  | { readonly type: 'start'; readonly by: string; readonly at: Instant }
  | { readonly type: 'give-up'; readonly at: Instant }
  | {
      readonly type: 'observe';
      readonly evidence: CutOverEvidence;
      readonly at: Instant;
      readonly policy: CutOverPolicy;
    }
  | ({
      readonly type: 'skip';
      readonly step: CutOverStep | WayBackStep;
      /** A filter stands in front, so that DNS cannot tell where mail goes behind it. */
      readonly filterInFront: boolean;
    } & Skip)
  | { readonly type: 'unskip'; readonly step: CutOverStep | WayBackStep; readonly at: Instant }
  | { readonly type: 'send-canary'; readonly probeId: string; readonly at: Instant }
  | {
      readonly type: 'canary-seen';
      readonly probeId: string;
      readonly seenBy: 'graph' | 'code';
      readonly arrivedAt: Instant;
      readonly at: Instant;
    }
  | {
      readonly type: 'canary-lost';
      readonly probeId: string;
      readonly detail: string;
      readonly at: Instant;
    }
  | {
      readonly type: 'read-direct-senders';
      readonly count: DirectSenderCount;
      readonly at: Instant;
      readonly policy: CutOverPolicy;
    }
  | {
      readonly type: 'begin-way-back';
      readonly reason: string;
      readonly by: string;
      readonly at: Instant;
    }
  | { readonly type: 'resume'; readonly by: string; readonly at: Instant };

export type CutOverFact =
  | { readonly type: 'started'; readonly by: string; readonly at: Instant }
  | { readonly type: 'given-up'; readonly at: Instant }
  | { readonly type: 'watched'; readonly watched: Watched; readonly at: Instant }
  | { readonly type: 'mx-arrived'; readonly at: Instant }
  | { readonly type: 'mx-left'; readonly at: Instant }
  | { readonly type: 'mx-returned'; readonly at: Instant }
  | ({ readonly type: 'skipped'; readonly step: CutOverStep | WayBackStep } & Skip)
  | { readonly type: 'unskipped'; readonly step: CutOverStep | WayBackStep; readonly at: Instant }
  | { readonly type: 'canary-changed'; readonly canary: Canary | null; readonly at: Instant }
  | {
      readonly type: 'direct-senders-read';
      readonly count: DirectSenderCount;
      readonly at: Instant;
    }
  | {
      readonly type: 'way-back-begun';
      readonly reason: string;
      readonly by: string;
      readonly at: Instant;
    }
  | {
      readonly type: 'mx-is-back';
      readonly at: Instant;
      readonly relayUntil: Instant;
    }
  | { readonly type: 'mx-is-here-again'; readonly at: Instant }
  | { readonly type: 'resumed'; readonly by: string; readonly at: Instant }
  | { readonly type: 'came-back'; readonly at: Instant };

export type CutOverRefusal =
  | 'already-started'
  | 'not-started'
  | 'mx-points-here'
  | 'mx-elsewhere'
  | 'not-skippable'
  | 'reason-missing'
  | 'no-such-probe'
  | 'too-early'
  | 'way-back-running';

export type CutOverDecision =
  | { readonly ok: true; readonly facts: readonly CutOverFact[] }
  | { readonly ok: false; readonly refusal: CutOverRefusal };

export function evolveCutOver(current: CutOver | null, fact: CutOverFact): CutOver | null {
  if (fact.type === 'started') return begin(fact.by, fact.at);
  if (current === null || current.phase === 'back') return current;
  switch (fact.type) {
    case 'given-up':
      return null;
    case 'watched':
      return { ...current, watched: fact.watched };
    case 'canary-changed':
      return { ...current, canary: fact.canary };
    case 'skipped': {
      const { step, reason, by, at } = fact;
      return { ...current, skipped: { ...current.skipped, [step]: { reason, by, at } } };
    }
    case 'unskipped': {
      const { [fact.step]: _undone, ...skipped } = current.skipped;
      return { ...current, skipped };
    }
    case 'mx-arrived':
      return arrive(current, fact.at);
    case 'mx-left':
    case 'mx-returned':
      return current.phase === 'through-us'
        ? { ...current, leftAt: fact.type === 'mx-left' ? fact.at : null }
        : current;
    case 'direct-senders-read':
      return current.phase === 'through-us' ? { ...current, directSenders: fact.count } : current;
    case 'way-back-begun': {
      const { at, by, reason } = fact;
      const back = { backStartedAt: at, backStartedBy: by, reason };
      return { ...begun(current), phase: 'way-back', ...back, mxBackSince: null, relayUntil: null };
    }
    case 'mx-is-back':
      return current.phase === 'way-back'
        ? { ...current, mxBackSince: fact.at, relayUntil: fact.relayUntil }
        : current;
    case 'mx-is-here-again':
      return current.phase === 'way-back'
        ? { ...current, mxBackSince: null, relayUntil: null }
        : current;
    case 'resumed':
      return { ...begun(current), phase: 'preparing', canary: null };
    case 'came-back': {
      if (current.phase !== 'way-back') return current;
      const { startedAt, reason } = current;
      return { phase: 'back', startedAt, reason, backAt: fact.at };
    }
  }
}

function begin(by: string, at: Instant): CutOver {
  return {
    phase: 'preparing',
    startedAt: at,
    startedBy: by,
    watched: { ttlLowSince: null, longestTtl: null, policyReadySince: null, longestMaxAge: null },
    skipped: {},
    canary: null,
  };
}

function begun({ startedAt, startedBy, watched, skipped, canary }: Begun): Begun {
  return { startedAt, startedBy, watched, skipped, canary };
}

function arrive(current: Exclude<CutOver, { phase: 'back' }>, at: Instant): CutOver {
  if (current.phase !== 'preparing') return current;
  const through = { phase: 'through-us', changedAt: at, leftAt: null } as const;
  return { ...begun(current), ...through, directSenders: null };
}

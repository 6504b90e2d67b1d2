import { DAY, HOUR, MINUTE, SECOND, type Instant } from '../instant.ts';
import { assessOutcome, describeOutcome, type AttemptOutcome } from './smtp-reply.ts';

/** Where a delivery goes: the tenant, a mailbox inside the building, or a mail server outside. */
export type DeliveryRoute = 'primary' | 'internal' | 'remote';

/** Invariant 4: five open states and three terminal ones; a recipient is always in exactly one. */
export const OPEN_STATES = ['queued', 'leased', 'deferred', 'held', 'quarantined'] as const;
export const TERMINAL_STATES = ['delivered', 'discarded', 'bounced'] as const;
export type OpenState = (typeof OPEN_STATES)[number];
export type TerminalState = (typeof TERMINAL_STATES)[number];
export type DeliveryState = OpenState | TerminalState;

export function isTerminal(state: DeliveryState): state is TerminalState {
  return state === 'delivered' || state === 'discarded' || state === 'bounced';
}

export type HoldKind = 'review' | 'operator';

/** What becomes of a leased delivery. A field that exists in one state only lives in that variant. */
export type DeliveryNext =
  | { readonly state: 'deferred'; readonly dueAt: Instant; readonly reply: string }
  | {
      readonly state: 'held';
      readonly hold: 'review';
      readonly dueAt: Instant;
      readonly refusals: number;
      readonly reply: string;
    }
  | { readonly state: 'delivered'; readonly reply: string }
  | { readonly state: 'bounced'; readonly reply: string };

export interface AttemptFacts {
  readonly route: DeliveryRoute;
  readonly acceptedAt: Instant;
  /** Attempts made so far, this one included; 1 or more. */
  readonly attempts: number;
  /** Permanent refusals so far, this attempt not counted. */
  readonly refusals: number;
  readonly outcome: AttemptOutcome;
  readonly now: Instant;
  /** Since when the primary has been healthy without a break; null while it is not, or while we do not know. */
  readonly primaryHealthySince: Instant | null;
  /** Uniform in [0, 1): jitter. */
  readonly random: number;
}

export interface RetryPolicy {
  readonly firstDelay: number;
  readonly longestDelay: number;
  /** How long a message is kept trying before it goes to review. Never bounced for age alone. */
  readonly patience: number;
  /** Invariant 5: healthy time of the primary before a second refusal may bounce. */
  readonly healthyBeforeBounce: number;
}

/** The tenant is our own relay host, so intervals are shorter than RFC 5321 §4.5.4.1 advises for strangers. */
export const PRIMARY_RETRY: RetryPolicy = {
  firstDelay: 5 * SECOND,
  longestDelay: 5 * MINUTE,
  patience: 30 * DAY,
  healthyBeforeBounce: 30 * MINUTE,
};

/** Strangers' hosts: RFC 5321 §4.5.4.1, with quick first retries because greylisting is common. */
export const REMOTE_RETRY: RetryPolicy = {
  firstDelay: 1 * MINUTE,
  longestDelay: 1 * HOUR,
  patience: 5 * DAY,
  healthyBeforeBounce: 0,
};

/** How long something that a person has to look at is held before it is asked again. Unit: milliseconds. */
export const HELD_RETRY = 6 * HOUR;

/** Exponential with full-range jitter of ±25 %, clamped to the policy. Unit: milliseconds. */
export function retryDelay(policy: RetryPolicy, attempts: number, random: number): number {
  const doublings = Math.min(Math.max(attempts - 1, 0), 30);
  const base = Math.min(policy.firstDelay * 2 ** doublings, policy.longestDelay);
  return Math.round(base * (0.75 + random * 0.5));
}

export function decideAfterAttempt(facts: AttemptFacts): DeliveryNext {
  const policy = facts.route === 'remote' ? REMOTE_RETRY : PRIMARY_RETRY;
  const reply = describeOutcome(facts.outcome);
  const { action } = assessOutcome(facts.outcome);
  if (facts.route === 'remote' && isFinalOutside(facts.outcome)) return { state: 'bounced', reply };
  switch (action) {
    case 'delivered':
      return { state: 'delivered', reply };
    case 'refused':
      return reviewRefusal(facts, reply);
    case 'hold': {
      const dueAt = facts.now + Math.round(HELD_RETRY * (0.75 + facts.random * 0.5));
      return { state: 'held', hold: 'review', dueAt, refusals: facts.refusals, reply };
    }
    case 'retry':
    case 'retry-mailbox-slower':
      return deferFor(facts, policy, retryDelay(policy, facts.attempts, facts.random), reply);
    case 'retry-slower':
      return deferFor(facts, policy, 2 * retryDelay(policy, facts.attempts, facts.random), reply);
    case 'our-fault':
      return deferFor(facts, policy, policy.longestDelay, reply);
    case 'retry-next-hour':
      return deferFor(facts, policy, HOUR + Math.round(facts.random * 10 * MINUTE), reply);
  }
}

/** A stranger's host has the last word (RFC 5321 §4.2.1), but for the hourly limit of a mailbox at Office 365. */
function isFinalOutside(outcome: AttemptOutcome): boolean {
  const permanent = outcome.kind === 'reply' && outcome.code >= 500;
  return permanent && assessOutcome(outcome).action !== 'retry-next-hour';
}

function deferFor(
  facts: AttemptFacts,
  policy: RetryPolicy,
  delay: number,
  reply: string,
): DeliveryNext {
  const dueAt = facts.now + delay;
  if (dueAt - facts.acceptedAt <= policy.patience) return { state: 'deferred', dueAt, reply };
  if (facts.route === 'remote') return { state: 'bounced', reply };
  return { state: 'held', hold: 'review', dueAt: facts.now + DAY, refusals: facts.refusals, reply };
}

/**
 * Invariant 5. The first refusal is held and asked again; it bounces only on a later refusal, and only when the primary
 * has then been healthy for 30 minutes without a break. While it is not, the review is repeated, never decided.
 */
function reviewRefusal(facts: AttemptFacts, reply: string): DeliveryNext {
  const policy = PRIMARY_RETRY;
  const healthyFor =
    facts.primaryHealthySince === null ? -1 : facts.now - facts.primaryHealthySince;
  if (facts.refusals > 0 && healthyFor >= policy.healthyBeforeBounce)
    return { state: 'bounced', reply };
  const dueAt =
    healthyFor < 0
      ? facts.now + retryDelay(policy, facts.attempts, facts.random)
      : facts.now + Math.max(policy.healthyBeforeBounce - healthyFor, MINUTE);
  return { state: 'held', hold: 'review', dueAt, refusals: facts.refusals + 1, reply };
}

import type { CutOverEvidence } from './cut-over-evidence.ts';
import {
  CUT_OVER_STEPS,
  PREPARING_STEPS,
  WAY_BACK_STEPS,
  type CutOver,
  type CutOverPolicy,
  type CutOverStep,
  type Skip,
  type WayBackStep,
} from './cut-over.ts';
import { SECOND, type Instant } from '../instant.ts';
import type { LockDownObstacle } from './lock-down.ts';

/** Why a step cannot be taken, or what has to be mended first. */
export type BlockReason =
  | 'dns-silent'
  | 'ttl-unknown'
  | 'ttl-high'
  | 'recipients-incomplete'
  | 'recipients-stale'
  | 'connector-off'
  | 'connector-unknown'
  | 'lock-down-on'
  | 'canary-lost'
  | 'policies-unknown'
  | 'policies-forbid-us'
  | 'policies-forbid-tenant'
  | 'office-365-left'
  | 'others-left'
  | 'mx-elsewhere'
  | 'mx-left-us'
  | 'lock-down-unknown'
  | 'lock-down-obstacles'
  | 'earlier-steps';

export type StepState =
  | { readonly kind: 'open' }
  | { readonly kind: 'waiting'; readonly until: Instant }
  | { readonly kind: 'done'; readonly at: Instant | null }
  | { readonly kind: 'blocked'; readonly reason: BlockReason }
  | ({ readonly kind: 'skipped' } & Skip);

export interface StepReading<Step extends string = CutOverStep | WayBackStep> {
  readonly step: Step;
  readonly state: StepState;
}

export interface StepFacts {
  readonly evidence: CutOverEvidence;
  /** What speaks against the lock-down, of all domains of the tenant. */
  readonly obstacles: readonly LockDownObstacle[];
  readonly policy: CutOverPolicy;
  readonly now: Instant;
}

const OPEN: StepState = { kind: 'open' };
const done = (at: Instant | null = null): StepState => ({ kind: 'done', at });
const blocked = (reason: BlockReason): StepState => ({ kind: 'blocked', reason });

/** True of a step that the next one may rely on. */
export function isSettled(state: StepState): boolean {
  return state.kind === 'done' || state.kind === 'skipped';
}

/** Every step to us, in order, by what was measured. `current` null: as it would begin. */
export function cutOverSteps(
  current: CutOver | null,
  facts: StepFacts,
): readonly StepReading<CutOverStep>[] {
  const readings: StepReading<CutOverStep>[] = [];
  for (const step of CUT_OVER_STEPS) {
    const measured = measure(step, current, facts, readings);
    const skip = skipOf(current, step);
    // What is done needs no excuse.
    const state: StepState =
      skip !== null && measured.kind !== 'done' ? { kind: 'skipped', ...skip } : measured;
    readings.push({ step, state });
  }
  return readings;
}

function skipOf(current: CutOver | null, step: CutOverStep | WayBackStep): Skip | null {
  if (current === null || current.phase === 'back') return null;
  return current.skipped[step] ?? null;
}

function measure(
  step: CutOverStep,
  current: CutOver | null,
  facts: StepFacts,
  before: readonly StepReading<CutOverStep>[],
): StepState {
  switch (step) {
    case 'ttl':
      return measureTtl(current, facts);
    case 'recipients':
      return measureRecipients(facts);
    case 'connector':
      return measureConnector(current, facts);
    case 'canary':
      return measureCanary(current, before);
    case 'policies':
      return measurePolicies(current, facts);
    case 'mx':
      return measureMx(current, facts, before);
    case 'direct-senders':
      return measureDirectSenders(current, facts);
    case 'lock-down':
      return measureLockDown(current, facts, before);
  }
}

function measureTtl(current: CutOver | null, { evidence, policy, now }: StepFacts): StepState {
  if (current?.phase === 'through-us') return done(current.changedAt);
  if (evidence.mx === null) return blocked('dns-silent');
  if (evidence.mx.ttl === null) return blocked('ttl-unknown');
  if (evidence.mx.ttl > policy.lowTtl) return blocked('ttl-high');
  const lowSince = watchedOf(current)?.ttlLowSince ?? null;
  if (lowSince === null) return OPEN;
  // Whoever asked just before it was lowered holds the old answer for as long as that said.
  const held = (watchedOf(current)?.longestTtl ?? 0) * SECOND;
  const until = lowSince + Math.max(policy.ttlLead, held);
  return now < until ? { kind: 'waiting', until } : done(lowSince);
}

function watchedOf(current: CutOver | null) {
  return current === null || current.phase === 'back' ? null : current.watched;
}

function measureRecipients({ evidence }: StepFacts): StepState {
  switch (evidence.recipients.kind) {
    case 'complete':
      return done(evidence.recipients.syncedAt);
    case 'stale':
      return blocked('recipients-stale');
    case 'incomplete':
      return blocked('recipients-incomplete');
  }
}

function measureConnector(current: CutOver | null, { evidence }: StepFacts): StepState {
  switch (evidence.connector) {
    case 'off':
      return blocked('connector-off');
    case 'unknown':
      return blocked('connector-unknown');
    case 'on':
      // Before MX has changed everybody still sends there directly, and would be refused.
      return evidence.lockDown === 'on' && current?.phase !== 'through-us'
        ? blocked('lock-down-on')
        : done();
  }
}

function measureCanary(
  current: CutOver | null,
  before: readonly StepReading<CutOverStep>[],
): StepState {
  const canary = current === null || current.phase === 'back' ? null : current.canary;
  if (canary?.state === 'arrived') return done(canary.arrivedAt);
  if (canary?.state === 'lost') return blocked('canary-lost');
  const connector = before.find(({ step }) => step === 'connector');
  if (canary === null && connector !== undefined && !isSettled(connector.state)) {
    return blocked('earlier-steps');
  }
  return OPEN;
}

function measurePolicies(current: CutOver | null, { evidence, now }: StepFacts): StepState {
  const { policies } = evidence;
  if (policies.kind === 'unknown') return blocked('policies-unknown');
  if (policies.kind === 'published' && !policies.allowsUs) return blocked('policies-forbid-us');
  const watched = watchedOf(current);
  if (watched === null) return OPEN;
  if (policies.kind === 'none' && watched.longestMaxAge === null) return done();
  if (watched.policyReadySince === null) return OPEN;
  // A sender may hold the policy without us for the longest `max_age` it was ever given (RFC 8461 §3.2).
  const until = watched.policyReadySince + (watched.longestMaxAge ?? 0) * SECOND;
  return now < until ? { kind: 'waiting', until } : done(watched.policyReadySince);
}

function measureMx(
  current: CutOver | null,
  { evidence }: StepFacts,
  before: readonly StepReading<CutOverStep>[],
): StepState {
  if (evidence.mx === null) return blocked('dns-silent');
  const { place } = evidence.mx;
  if (current?.phase === 'through-us' && place !== 'here') {
    return blocked(
      place === 'office-365-left' ? place : place === 'others-left' ? place : 'mx-left-us',
    );
  }
  switch (place) {
    case 'here':
      return done(current?.phase === 'through-us' ? current.changedAt : null);
    case 'office-365-left':
    case 'others-left':
      return blocked(place);
    case 'office-365':
    case 'elsewhere':
    case 'nothing': {
      const ready = before
        .filter(({ step }) => PREPARING_STEPS.some((known) => known === step))
        .every(({ state }) => isSettled(state));
      return ready ? OPEN : blocked('earlier-steps');
    }
  }
}

function measureDirectSenders(current: CutOver | null, { policy, now }: StepFacts): StepState {
  if (current?.phase !== 'through-us') return blocked('earlier-steps');
  const until = current.changedAt + policy.watchFor;
  if (now < until) return { kind: 'waiting', until };
  return current.directSenders === null ? OPEN : done(current.directSenders.readAt);
}

function measureLockDown(
  current: CutOver | null,
  { evidence, obstacles }: StepFacts,
  before: readonly StepReading<CutOverStep>[],
): StepState {
  if (evidence.lockDown === 'on') return done();
  if (current?.phase !== 'through-us') return blocked('earlier-steps');
  const seen = before.find(({ step }) => step === 'direct-senders');
  if (seen !== undefined && !isSettled(seen.state)) return blocked('earlier-steps');
  return obstacles.length > 0 ? blocked('lock-down-obstacles') : OPEN;
}

/** Every step back, in order: lock-down first, or the tenant refuses what comes to it directly. */
export function wayBackSteps(
  current: CutOver | null,
  facts: StepFacts,
): readonly StepReading<WayBackStep>[] {
  const readings: StepReading<WayBackStep>[] = [];
  for (const step of WAY_BACK_STEPS) {
    const measured = measureBack(step, current, facts, readings);
    const skip = skipOf(current, step);
    const state: StepState =
      skip !== null && measured.kind !== 'done' ? { kind: 'skipped', ...skip } : measured;
    readings.push({ step, state });
  }
  return readings;
}

function measureBack(
  step: WayBackStep,
  current: CutOver | null,
  { evidence, now }: StepFacts,
  before: readonly StepReading<WayBackStep>[],
): StepState {
  const earlier = before.some(({ state }) => !isSettled(state));
  switch (step) {
    case 'lock-down-off':
      if (evidence.lockDown === 'off') return done();
      return evidence.lockDown === 'on' ? OPEN : blocked('lock-down-unknown');
    case 'policies-back':
      if (evidence.policies.kind === 'unknown') return blocked('policies-unknown');
      return evidence.policies.kind === 'published' && !evidence.policies.allowsTenant
        ? blocked('policies-forbid-tenant')
        : done();
    case 'mx-back':
      if (evidence.mx === null) return blocked('dns-silent');
      if (!evidence.mx.anyOfOurs)
        return done(current?.phase === 'way-back' ? current.mxBackSince : null);
      return earlier ? blocked('earlier-steps') : OPEN;
    case 'relay-only': {
      if (current?.phase === 'back') return done(current.backAt);
      if (current?.phase !== 'way-back' || current.relayUntil === null)
        return blocked('earlier-steps');
      return now < current.relayUntil ? { kind: 'waiting', until: current.relayUntil } : OPEN;
    }
  }
}

/** The first step that wants something now: what the page and the command lead to. */
export function nextStep<Step extends string>(
  steps: readonly StepReading<Step>[],
): StepReading<Step> | null {
  return (
    steps.find(
      ({ state }) =>
        state.kind === 'open' || (state.kind === 'blocked' && state.reason !== 'earlier-steps'),
    ) ??
    steps.find(({ state }) => state.kind === 'waiting') ??
    null
  );
}

import type { CutOverEvidence } from './cut-over-evidence.ts';
import {
  MAX_CUT_OVER_REASON,
  WAY_BACK_STEPS,
  type Canary,
  type CutOver,
  type CutOverCommand,
  type CutOverDecision,
  type CutOverFact,
  type CutOverPolicy,
  type CutOverRefusal,
  type CutOverStep,
  type Watched,
  type WayBackStep,
} from './cut-over.ts';
import { SECOND, type Instant } from '../instant.ts';

const refuse = (refusal: CutOverRefusal): CutOverDecision => ({ ok: false, refusal });
const accept = (...facts: CutOverFact[]): CutOverDecision => ({ ok: true, facts });

/**
 * What may be passed over, with a reason. Never: the change itself, and what would make the tenant refuse mail. On the
 * way back only a policy that somebody else hosts: lock-down and MX are seen, and the wait is what keeps mail whole. What
 * a filter in front does with its mail cannot be seen in DNS: there an administrator says it.
 */
const SKIPPABLE: ReadonlySet<CutOverStep | WayBackStep> = new Set([
  'ttl',
  'recipients',
  'canary',
  'policies',
  'direct-senders',
  'lock-down',
  'policies-back',
]);

export function isSkippable(step: CutOverStep | WayBackStep, filterInFront: boolean): boolean {
  return SKIPPABLE.has(step) || (step === 'mx-back' && filterInFront);
}

/** One domain's way to us and back. `current` is null before the first start. */
export function decideCutOver(current: CutOver | null, command: CutOverCommand): CutOverDecision {
  if (command.type === 'start') {
    return current === null || current.phase === 'back'
      ? accept({ type: 'started', by: command.by, at: command.at })
      : refuse(current.phase === 'way-back' ? 'way-back-running' : 'already-started');
  }
  if (current === null || current.phase === 'back') return refuse('not-started');
  switch (command.type) {
    case 'give-up':
      return current.phase === 'preparing'
        ? accept({ type: 'given-up', at: command.at })
        : refuse('mx-points-here');
    case 'observe':
      return accept(...observe(current, command));
    case 'skip':
      return decideSkip(current, command);
    case 'unskip':
      return current.skipped[command.step] === undefined
        ? accept()
        : accept({ type: 'unskipped', step: command.step, at: command.at });
    case 'send-canary':
    case 'canary-seen':
    case 'canary-lost':
      return decideCanary(current, command);
    case 'read-direct-senders':
      if (current.phase !== 'through-us') return refuse('mx-elsewhere');
      return command.at < current.changedAt + command.policy.watchFor
        ? refuse('too-early')
        : accept({ type: 'direct-senders-read', count: command.count, at: command.at });
    case 'begin-way-back':
      return decideWayBack(current, command);
    case 'resume':
      if (current.phase !== 'way-back') return refuse('already-started');
      return accept({ type: 'resumed', by: command.by, at: command.at });
  }
}

type Running = Exclude<CutOver, { phase: 'back' }>;

function decideSkip(
  current: Running,
  command: Extract<CutOverCommand, { type: 'skip' }>,
): CutOverDecision {
  const { step, by, at } = command;
  const reason = command.reason.trim().slice(0, MAX_CUT_OVER_REASON);
  const wayBack = WAY_BACK_STEPS.some((known) => known === step);
  if (wayBack !== (current.phase === 'way-back') || !isSkippable(step, command.filterInFront)) {
    return refuse('not-skippable');
  }
  return reason === ''
    ? refuse('reason-missing')
    : accept({ type: 'skipped', step, reason, by, at });
}

function decideWayBack(
  current: Running,
  command: Extract<CutOverCommand, { type: 'begin-way-back' }>,
): CutOverDecision {
  if (current.phase === 'way-back') return refuse('way-back-running');
  const reason = command.reason.trim().slice(0, MAX_CUT_OVER_REASON);
  if (reason === '') return refuse('reason-missing');
  return accept({ type: 'way-back-begun', reason, by: command.by, at: command.at });
}

function decideCanary(
  current: Running,
  command: Extract<CutOverCommand, { type: `${string}canary${string}` }>,
): CutOverDecision {
  const { at, probeId } = command;
  if (command.type === 'send-canary') {
    if (current.phase === 'way-back') return refuse('way-back-running');
    const canary: Canary = { state: 'on-its-way', probeId, sentAt: at };
    return accept({ type: 'canary-changed', canary, at });
  }
  const { canary } = current;
  if (canary?.probeId !== probeId) return refuse('no-such-probe');
  if (canary.state === 'arrived') return accept();
  const { sentAt } = canary;
  // A probe that was given up and comes late is proof all the same.
  const next: Canary =
    command.type === 'canary-seen'
      ? {
          state: 'arrived',
          probeId,
          sentAt,
          arrivedAt: command.arrivedAt,
          seenBy: command.seenBy,
        }
      : { state: 'lost', probeId, sentAt, detail: command.detail };
  return accept({ type: 'canary-changed', canary: next, at });
}

function observe(
  current: Running,
  { evidence, at, policy }: Extract<CutOverCommand, { type: 'observe' }>,
): readonly CutOverFact[] {
  const facts: CutOverFact[] = [];
  const watched = watch(current.watched, evidence, policy, at);
  if (!sameWatched(watched, current.watched)) facts.push({ type: 'watched', watched, at });
  // What the probe has proved is the connector that was there then.
  if (evidence.connector === 'off' && current.canary?.state === 'arrived') {
    facts.push({ type: 'canary-changed', canary: null, at });
  }
  if (evidence.mx === null) return facts;
  const { place } = evidence.mx;
  switch (current.phase) {
    case 'preparing':
      if (place === 'here') facts.push({ type: 'mx-arrived', at });
      break;
    case 'through-us':
      if (place !== 'here' && current.leftAt === null) facts.push({ type: 'mx-left', at });
      if (place === 'here' && current.leftAt !== null) facts.push({ type: 'mx-returned', at });
      break;
    case 'way-back':
      facts.push(
        ...observeWayBack(
          current,
          evidence.mx.anyOfOurs && current.skipped['mx-back'] === undefined,
          watched,
          policy,
          at,
        ),
      );
      break;
  }
  return facts;
}

function observeWayBack(
  current: Extract<CutOver, { phase: 'way-back' }>,
  anyOfOurs: boolean,
  watched: Watched,
  policy: CutOverPolicy,
  at: Instant,
): readonly CutOverFact[] {
  if (anyOfOurs) return current.mxBackSince === null ? [] : [{ type: 'mx-is-here-again', at }];
  if (current.mxBackSince === null || current.relayUntil === null) {
    const held = (watched.longestTtl ?? 0) * SECOND;
    return [{ type: 'mx-is-back', at, relayUntil: at + Math.max(held, policy.relayOnly) }];
  }
  return at >= current.relayUntil ? [{ type: 'came-back', at }] : [];
}

/**
 * A cache between us and the authoritative server counts the TTL down, so that a long one looks short now and then: one
 * long answer begins the wait anew, and only an unbroken row of short ones ends it.
 */
function watch(
  before: Watched,
  { mx, policies }: CutOverEvidence,
  policy: CutOverPolicy,
  at: Instant,
): Watched {
  const ttl = mx?.ttl ?? null;
  const ready = policies.kind === 'unknown' ? null : policies.kind === 'none' || policies.allowsUs;
  return {
    ttlLowSince:
      ttl === null ? before.ttlLowSince : ttl > policy.lowTtl ? null : (before.ttlLowSince ?? at),
    longestTtl: longest(before.longestTtl, ttl),
    policyReadySince:
      ready === null ? before.policyReadySince : since(before.policyReadySince, ready, at),
    longestMaxAge: longest(
      before.longestMaxAge,
      policies.kind === 'published' ? policies.maxAge : null,
    ),
  };
}

function since(before: Instant | null, holds: boolean, at: Instant): Instant | null {
  return holds ? (before ?? at) : null;
}

function longest(before: number | null, now: number | null): number | null {
  return now === null ? before : Math.max(before ?? 0, now);
}

function sameWatched(left: Watched, right: Watched): boolean {
  return (
    left.ttlLowSince === right.ttlLowSince &&
    left.longestTtl === right.longestTtl &&
    left.policyReadySince === right.policyReadySince &&
    left.longestMaxAge === right.longestMaxAge
  );
}

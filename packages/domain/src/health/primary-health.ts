import { MINUTE, type Instant } from '../instant.ts';
import type { Evidence, EvidenceSource, EvidenceVerdict } from './evidence.ts';
import type { EvidenceWeight } from '../mail-flow/smtp-reply.ts';

export type PrimaryState = 'healthy' | 'suspect' | 'down' | 'recovering';

/** Outage shapes of reference "outages" 5.2 that our evidence can tell apart. */
export type OutageShape = 'transport' | 'mailbox' | 'identity' | 'throttled' | 'mixed';

/** What one observation said, for telling a source that flaps from one that had a blip. */
interface Observation {
  readonly at: Instant;
  /** Bad with weight; light evidence never is. */
  readonly bad: boolean;
}

/** Observations of a source that are remembered; bad in half of them is bad. */
export const REMEMBERED_OBSERVATIONS = 6;

interface SourceView {
  readonly at: Instant;
  readonly verdict: EvidenceVerdict;
  readonly weight: EvidenceWeight;
  readonly cause: string;
  /** Absent in what was stored before they were kept. */
  readonly latency?: number | null;
  readonly remedy?: string | null;
  /** Since when this source has said the same, or has flapped. */
  readonly since: Instant;
  /** The last few, oldest first. Absent in what was stored before they were kept. */
  readonly recent?: readonly Observation[];
  /** The last bad observation: its words and weight are those of a source that flaps. Absent: none is remembered. */
  readonly lastBad?: { readonly weight: EvidenceWeight; readonly cause: string };
}

export interface PrimaryHealth {
  readonly state: PrimaryState;
  readonly since: Instant;
  /** Since when no source has been bad while at least one was good; null otherwise. */
  readonly goodSince: Instant | null;
  readonly sources: Readonly<Partial<Record<EvidenceSource, SourceView>>>;
}

export interface HealthPolicy {
  /** Bad evidence must last this long before we suspect. */
  readonly suspectAfter: number;
  /** … and this long, from two sources or one heavy one, before we say "down". */
  readonly downAfter: number;
  /** Good evidence must last this long before "recovering" is "healthy" (outage shape G: flapping). */
  readonly healthyAfter: number;
  /** Evidence older than this says nothing. */
  readonly freshFor: number;
}

export const DEFAULT_HEALTH_POLICY: HealthPolicy = {
  suspectAfter: 1 * MINUTE,
  downAfter: 4 * MINUTE,
  healthyAfter: 15 * MINUTE,
  freshFor: 5 * MINUTE,
};

/** Before any evidence: we claim nothing worse than "healthy", and `goodSince` null says that nothing was seen. */
export function initialHealth(now: Instant): PrimaryHealth {
  return { state: 'healthy', since: now, goodSince: null, sources: {} };
}

/** Takes in evidence and moves the state by time spent bad or good. Call it with no evidence to let time pass. */
export function assessPrimary(
  health: PrimaryHealth,
  evidence: readonly Evidence[],
  now: Instant,
  policy: HealthPolicy = DEFAULT_HEALTH_POLICY,
): PrimaryHealth {
  // Stale views go first, so that a blip of this morning does not date this evening's.
  const sources = keepFresh(
    evidence.reduce(
      (known, one) => takeIn(known, one, policy),
      keepFresh(health.sources, now, policy),
    ),
    now,
    policy,
  );
  const { 'service-health': told, ...seen } = sources;
  const views = Object.values(seen);
  const bad = views.filter(isWeightyBad);
  const good = views.filter((view) => view.verdict === 'good');
  const goodSince = bad.length > 0 || good.length === 0 ? null : (health.goodSince ?? now);
  const badFor = bad.length === 0 ? -1 : now - Math.min(...bad.map((view) => view.since));
  // Microsoft's own word is late and for everyone: it makes surer of what was seen, and neither raises nor ends an alarm.
  const confirmed = told !== undefined && isWeightyBad(told) ? 1 : 0;
  const convincing =
    bad.length > 0 && (bad.length + confirmed >= 2 || bad.some((view) => view.weight === 'high'));
  const state = nextState(
    health.state,
    { badFor, convincing, goodFor: goodSince === null ? -1 : now - goodSince },
    policy,
  );
  return { state, since: state === health.state ? health.since : now, goodSince, sources };
}

function keepFresh(
  sources: PrimaryHealth['sources'],
  now: Instant,
  policy: HealthPolicy,
): PrimaryHealth['sources'] {
  return Object.fromEntries(
    Object.entries(sources).filter(([, view]) => now - view.at <= policy.freshFor),
  );
}

/** Light evidence (our own throttling, say) never counts towards an outage. */
function isWeightyBad(view: Pick<SourceView, 'verdict' | 'weight'>): boolean {
  return view.verdict === 'bad' && (view.weight === 'medium' || view.weight === 'high');
}

function takeIn(
  sources: PrimaryHealth['sources'],
  evidence: Evidence,
  policy: HealthPolicy,
): PrimaryHealth['sources'] {
  const before = sources[evidence.source];
  if (before !== undefined && before.at > evidence.at) return sources;
  const { source, at, verdict, weight, cause, latency, remedy } = evidence;
  const bad = isWeightyBad(evidence);
  const recent = [...(before?.recent ?? []), { at, bad }]
    .filter((seen) => at - seen.at <= policy.freshFor)
    .slice(-REMEMBERED_OBSERVATIONS);
  const lastBad = bad ? { weight, cause } : before?.lastBad;
  const said =
    !bad && lastBad !== undefined && comesAndGoes(recent)
      ? {
          verdict: 'bad' as const,
          weight: lastBad.weight,
          cause: `${lastBad.cause} (comes and goes)`,
          latency,
          remedy: null,
        }
      : { verdict, weight, cause, latency, remedy };
  const same = before?.verdict === said.verdict && isWeightyBad(before) === isWeightyBad(said);
  const since = same ? before.since : at;
  return { ...sources, [source]: { ...said, at, since, recent, ...(lastBad && { lastBad }) } };
}

/**
 * Bad in at least half of what is remembered, and failed again after it had come back: good and bad by turns is no
 * recovery. An outage that is plainly over has failed once only.
 */
function comesAndGoes(recent: readonly Observation[]): boolean {
  const bad = recent.filter((seen) => seen.bad).length;
  const failedAgain = recent.some(
    (seen, position) => seen.bad && recent[position - 1]?.bad === false,
  );
  return failedAgain && bad * 2 >= recent.length;
}

function nextState(
  state: PrimaryState,
  seen: { readonly badFor: number; readonly convincing: boolean; readonly goodFor: number },
  policy: HealthPolicy,
): PrimaryState {
  const down = seen.convincing && seen.badFor >= policy.downAfter;
  switch (state) {
    case 'healthy':
      if (down) return 'down';
      return seen.badFor >= policy.suspectAfter ? 'suspect' : 'healthy';
    case 'suspect':
      if (down) return 'down';
      return seen.goodFor >= policy.suspectAfter ? 'healthy' : 'suspect';
    case 'down':
      return seen.goodFor >= 0 ? 'recovering' : 'down';
    case 'recovering':
      if (seen.badFor >= 0 && seen.convincing) return 'down';
      return seen.goodFor >= policy.healthyAfter ? 'healthy' : 'recovering';
  }
}

/** Since when mail may be judged by what the primary says: no bad source for that long. Null: not now. */
export function healthySince(health: PrimaryHealth): Instant | null {
  return health.state === 'healthy' || health.state === 'recovering' ? health.goodSince : null;
}

/** Since when the primary has been seen to fail, which is before that is believed. Null: it is not. */
export function failingSince(health: PrimaryHealth): Instant | null {
  if (health.state === 'healthy' || health.state === 'recovering') return null;
  const bad = Object.values(health.sources).filter(isWeightyBad);
  return Math.min(health.since, ...bad.map((view) => view.since));
}

/** What kind of failure the fresh bad sources add up to; null when none is bad. */
export function outageShape(health: PrimaryHealth): OutageShape | null {
  const { relay, 'smtp-probe': smtp } = health.sources;
  const bad = (source: EvidenceSource): boolean => isBad(health.sources[source]);
  const shapes: OutageShape[] = [];
  const failing = [relay, smtp].filter((view) => isBad(view) || isThrottled(view));
  if (failing.length > 0) shapes.push(failing.every(isThrottled) ? 'throttled' : 'transport');
  if (bad('mailbox-probe') && !bad('sign-in-probe')) shapes.push('mailbox');
  if (bad('sign-in-probe')) shapes.push('identity');
  return shapes.length > 1 ? 'mixed' : (shapes[0] ?? null);
}

function isBad(view: SourceView | undefined): boolean {
  return view?.verdict === 'bad' && view.weight !== 'none';
}

/** Our address is slowed down, which is no outage and holds mail up all the same. */
function isThrottled(view: SourceView | undefined): boolean {
  return view !== undefined && view.verdict !== 'good' && /4\.7\.5\d\d/.test(view.cause);
}

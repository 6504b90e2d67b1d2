import type { DkimState } from './dkim-key.ts';
import type { DmarcReading } from './dmarc-record.ts';
import type { DomainCheck, FindingCode } from './domain-check.ts';
import type { DomainSetupState } from './domain-setup.ts';
import { DAY, type Instant } from '../instant.ts';
import { LONG_TTL } from './mx-check.ts';
import type { DmarcPolicy } from '../mail-flow/sender-policy.ts';
import type { AuthenticationResult } from '../mail-flow/verdict.ts';

/**
 * What can change behind an administrator's back, each with a consequence for mail. What is found by one look is shown in
 * this order: first what keeps mail from coming, then what proves ours, then what others are told.
 */
export const DRIFT_KINDS = [
  'mx-away',
  'mx-second',
  'mx-ttl-raised',
  'spf-gone',
  'dkim-gone',
  'dkim-changed',
  'dmarc-stricter',
  'sts-without-us',
  'tlsa-wrong',
] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

export interface Drift {
  readonly kind: DriftKind;
  /** Host or selector that it is about; empty when there is only one of the kind. */
  readonly subject: string;
  readonly level: 'problem' | 'attention';
  /** What is there now, in the words of DNS. */
  readonly seen: string;
}

/** What was right once, to tell a change from what never was there. */
export interface DriftBaseline {
  /** Longest TTL of the MX records that was seen while they were right. Seconds. */
  readonly ttl: number | null;
  readonly ttlSince: Instant | null;
  readonly spfPassed: boolean;
  /** Null: not seen yet. */
  readonly dmarc: DmarcPolicy | 'absent' | null;
}

export const NO_BASELINE: DriftBaseline = {
  ttl: null,
  ttlSince: null,
  spfPassed: false,
  dmarc: null,
};

/** A cache shows less than the whole TTL; within this every resolver has asked anew. Milliseconds. */
const TTL_LEARNT_WITHIN = DAY;

export interface DriftFacts {
  readonly now: Instant;
  readonly state: DomainSetupState;
  readonly checks: readonly DomainCheck[];
  readonly keys: readonly {
    readonly selector: string;
    readonly state: DkimState;
    /** Null: DNS did not answer. */
    readonly texts: readonly string[] | null;
  }[];
  readonly spf: AuthenticationResult | null;
  readonly spfKnown: boolean;
  readonly dmarc: DmarcReading;
  /** DKIM or SPF proves our mail. */
  readonly proved: boolean;
}

export interface DriftDecision {
  readonly drifts: readonly Drift[];
  /** Nothing could be learnt about these: what was open stays open. */
  readonly undecided: readonly DriftKind[];
  readonly baseline: DriftBaseline;
}

/** Compares what DNS says with what was right before. Silence of DNS is no change. */
export function decideDrift(before: DriftBaseline, facts: DriftFacts): DriftDecision {
  const parts = [
    mxDrift(before, facts),
    spfDrift(before, facts),
    dkimDrift(facts),
    dmarcDrift(before, facts),
    policyDrift(facts),
  ];
  return {
    drifts: parts.flatMap((part) => part.drifts),
    undecided: parts.flatMap((part) => part.undecided),
    baseline: Object.assign({}, before, ...parts.map((part) => part.baseline ?? {})),
  };
}

interface Part {
  readonly drifts: readonly Drift[];
  readonly undecided: readonly DriftKind[];
  readonly baseline?: Partial<DriftBaseline>;
}

function undecided(...kinds: readonly DriftKind[]): Part {
  return { drifts: [], undecided: kinds };
}

function checkOf(facts: DriftFacts, name: DomainCheck['check']): DomainCheck | undefined {
  return facts.checks.find(({ check }) => check === name);
}

function has(check: DomainCheck | undefined, ...codes: readonly FindingCode[]): boolean {
  return check?.findings.some(({ code }) => codes.includes(code)) ?? false;
}

function mxDrift(before: DriftBaseline, facts: DriftFacts): Part {
  const mx = checkOf(facts, 'mx');
  if (mx === undefined || has(mx, 'mx-silent')) {
    return undecided('mx-away', 'mx-second', 'mx-ttl-raised');
  }
  const seen = mx.seen.length === 0 ? 'no MX record' : mx.seen.join(', ');
  const away = has(mx, 'mx-not-yet', 'mx-absent', 'mx-null', 'mx-null-and-others');
  const moved: readonly Drift[] =
    facts.state === 'drifted'
      ? [{ kind: away ? 'mx-away' : 'mx-second', subject: '', level: 'problem', seen }]
      : [];
  const ttl = ttlDrift(before, facts, mx.ttl);
  return { ...ttl, drifts: [...moved, ...ttl.drifts] };
}

function ttlDrift(before: DriftBaseline, { now, state }: DriftFacts, ttl: number | null): Part {
  if (ttl === null || state !== 'correct') return { drifts: [], undecided: ['mx-ttl-raised'] };
  const learnt = before.ttlSince !== null && now - before.ttlSince > TTL_LEARNT_WITHIN;
  if (before.ttl === null || !learnt) {
    const baseline = { ttl: Math.max(ttl, before.ttl ?? 0), ttlSince: before.ttlSince ?? now };
    return { drifts: [], undecided: [], baseline };
  }
  const raised = ttl > before.ttl && ttl > LONG_TTL;
  const drift: Drift = { kind: 'mx-ttl-raised', subject: '', level: 'attention', seen: `${ttl} s` };
  // What is still raised may show as less in a cache: only a fresh, shorter one takes it back, and that is at most what was.
  return { drifts: raised ? [drift] : [], undecided: [] };
}

function spfDrift(before: DriftBaseline, facts: DriftFacts): Part {
  if (!facts.spfKnown || facts.spf === null) return undecided('spf-gone');
  if (facts.spf === 'pass') return { drifts: [], undecided: [], baseline: { spfPassed: true } };
  if (!before.spfPassed) return { drifts: [], undecided: [] };
  const records = checkOf(facts, 'spf')?.seen ?? [];
  const seen = records.length === 0 ? 'no SPF record' : records.join(' | ');
  const level = facts.proved ? 'attention' : 'problem';
  return { drifts: [{ kind: 'spf-gone', subject: '', level, seen }], undecided: [] };
}

function dkimDrift(facts: DriftFacts): Part {
  const drifts = facts.keys.flatMap(({ selector, state, texts }): readonly Drift[] => {
    if (state !== 'drifted' || texts === null) return [];
    const level = facts.proved ? 'attention' : 'problem';
    return texts.length === 0
      ? [{ kind: 'dkim-gone', subject: selector, level, seen: 'no record' }]
      : [{ kind: 'dkim-changed', subject: selector, level, seen: texts.join(' | ') }];
  });
  const silent = facts.keys.some(({ texts }) => texts === null);
  return { drifts, undecided: silent ? ['dkim-gone', 'dkim-changed'] : [] };
}

const STRICTNESS = ['absent', 'none', 'quarantine', 'reject'] as const;

function dmarcDrift(before: DriftBaseline, { dmarc, proved }: DriftFacts): Part {
  if (dmarc.known === 'unknown') return undecided('dmarc-stricter');
  const policy = dmarc.policy ?? 'absent';
  const stricter =
    before.dmarc !== null && STRICTNESS.indexOf(policy) > STRICTNESS.indexOf(before.dmarc);
  // From no record to `p=none` nothing changes for anybody's mail.
  if (!stricter || policy === 'none' || policy === 'absent') {
    return { drifts: [], undecided: [], baseline: { dmarc: policy } };
  }
  const level = proved ? 'attention' : 'problem';
  const seen = dmarc.text ?? policy;
  return { drifts: [{ kind: 'dmarc-stricter', subject: '', level, seen }], undecided: [] };
}

/** Before MX points here nobody is sent to our hosts, and a policy without them harms nobody yet. */
function policyDrift(facts: DriftFacts): Part {
  const [sts, dane] = [checkOf(facts, 'mta-sts'), checkOf(facts, 'dane')];
  const here = !has(checkOf(facts, 'mx'), 'mx-not-yet', 'mx-absent', 'mx-null');
  const drifts: Drift[] = [];
  if (here && has(sts, 'sts-without-us')) {
    const seen = sts?.seen.join(', ') ?? '';
    drifts.push({ kind: 'sts-without-us', subject: '', level: 'problem', seen });
  }
  for (const { code, subject } of here ? (dane?.findings ?? []) : []) {
    if (code !== 'dane-mismatch') continue;
    const host = subject ?? '';
    const seen = dane?.seen.filter((line) => line.startsWith(`${host}:`)).join(', ') ?? '';
    drifts.push({ kind: 'tlsa-wrong', subject: host, level: 'problem', seen });
  }
  return {
    drifts,
    undecided: [
      ...(has(sts, 'sts-silent', 'sts-unreachable', 'sts-unreadable', 'sts-redirect')
        ? (['sts-without-us'] as const)
        : []),
      ...(has(dane, 'dane-silent', 'dane-certificate-unknown') ? (['tlsa-wrong'] as const) : []),
    ],
  };
}

import type { EvidenceFinding } from './evidence.ts';
import {
  assessOutcome,
  describeOutcome,
  type AttemptOutcome,
  type EvidenceWeight,
  type ReplyClass,
} from '../mail-flow/smtp-reply.ts';

export type ProbeStage = 'dns' | 'connect' | 'banner' | 'ehlo' | 'starttls' | 'mail' | 'rcpt';

/** How one address of one MX host of the tenant answered, up to RCPT TO and never further. */
export interface AddressProbe {
  readonly host: string;
  /** Null: the name could not be looked up. */
  readonly address: string | null;
  /** Of our addresses, the one that it left from; null: the one that the system chose. */
  readonly source: string | null;
  /** The stage that the outcome is of: the last one reached. */
  readonly stage: ProbeStage;
  /** Of RCPT TO, or of what failed before. */
  readonly outcome: AttemptOutcome;
  /** What was said to each recipient that was asked for; empty when it did not come so far. */
  readonly recipients: readonly AttemptOutcome[];
  /** Milliseconds of each stage that was answered. */
  readonly latencies: Readonly<Partial<Record<ProbeStage, number>>>;
}

const WEIGHTS: readonly EvidenceWeight[] = ['none', 'low', 'medium', 'high'];

/**
 * What the probes of every address add up to (reference 4.2). One address that takes mail is enough for mail to flow, so
 * the best answer counts and the others are mentioned, what is wrong with one of our own addresses among them; without any
 * the worst counts.
 */
export function classifyProbes(probes: readonly AddressProbe[]): EvidenceFinding | null {
  const findings = probes.map((probe) => ({ probe, finding: classifyProbe(probe) }));
  const good = findings.filter(({ finding }) => finding.verdict === 'good');
  const [best] = good;
  const refused = everyoneRefused(good.map(({ probe }) => probe));
  if (refused !== null) return refused;
  if (best !== undefined) {
    const silent = findings.filter(({ finding }) => finding.verdict === 'bad');
    const beside = silent.map(({ probe }) => nameOf(probe)).join(', ');
    const refusedUs = findings.filter(({ finding }) => finding.verdict === 'ours');
    const cause = [
      best.finding.cause,
      ...(beside === '' ? [] : [`no answer from ${beside}`]),
      ...refusedUs.slice(0, 1).map(({ finding }) => finding.cause),
    ].join('; ');
    const latencies = good.flatMap(({ finding }) => finding.latency ?? []);
    return {
      ...best.finding,
      cause,
      latency: latencies.length === 0 ? null : Math.max(...latencies),
    };
  }
  const ours = findings.find(({ finding }) => finding.verdict === 'ours');
  if (ours !== undefined) return ours.finding;
  return findings
    .map(({ finding }) => finding)
    .reduce<EvidenceFinding | null>((worst, finding) => heavier(worst, finding), null);
}

function heavier(worst: EvidenceFinding | null, finding: EvidenceFinding): EvidenceFinding {
  return worst === null || WEIGHTS.indexOf(finding.weight) > WEIGHTS.indexOf(worst.weight)
    ? finding
    : worst;
}

/** One address; see `classifyProbes`. */
export function classifyProbe(probe: AddressProbe): EvidenceFinding {
  const { outcome, stage } = probe;
  const latency = totalOf(probe);
  const said = `${nameOf(probe)}: ${describeOutcome(outcome)}`;
  const bad = (weight: EvidenceWeight): EvidenceFinding => ({
    verdict: 'bad',
    weight,
    cause: said,
    latency,
    remedy: null,
  });
  const { class: cls, weight } = assessOutcome(outcome);
  const remedy = REMEDIES[cls];
  if (remedy !== undefined)
    return { verdict: 'ours', weight: 'none', cause: said, latency, remedy };
  // A front end that greets with a refusal serves nobody, whatever code it takes for it.
  if (stage === 'banner' && outcome.kind === 'reply') return bad('high');
  if (HEALTHY.has(cls))
    return {
      verdict: 'good',
      weight: 'none',
      cause: GOOD_WORDS[cls] ?? said,
      latency,
      remedy: null,
    };
  return bad(weight === 'none' ? 'low' : weight);
}

/** The host does its work and says something about one recipient or one message. */
const HEALTHY: ReadonlySet<ReplyClass> = new Set([
  'delivered',
  'unknown-recipient',
  'mailbox-throttled',
  'mailbox-full',
  'receive-limit',
  'too-many-recipients',
  'too-big',
]);

const GOOD_WORDS: Readonly<Partial<Record<ReplyClass, string>>> = {
  delivered: 'mail would be accepted',
  'unknown-recipient': 'answers, and does not know the recipient that was asked for',
  'mailbox-throttled': 'answers; the one mailbox is busy',
  'mailbox-full': 'answers; the one mailbox is full',
  'receive-limit': 'answers; the one mailbox gets too much at once',
  'too-many-recipients': 'answers',
  'too-big': 'answers',
};

/** The fault is ours, or the set-up's (reference 4.2): what to do. */
const REMEDIES: Readonly<Partial<Record<ReplyClass, string>>> = {
  'connection-throttled':
    'We opened too many connections at once. The relay slows down by itself; nothing needs to be done.',
  throttled:
    'Office 365 slows our address down. Add the inbound connector for our addresses under Email Continuity, which takes us out of this limit.',
  reputation:
    'Office 365 distrusts our address. Check the reverse name (PTR) of our addresses, add the inbound connector, and ask for removal at sender.office.com when it stays.',
  'sender-banned':
    'Office 365 has blocked our address. Ask for removal at sender.office.com, and send from another address meanwhile.',
  'connector-broken':
    'The inbound connector in Office 365 does not match our addresses or certificate, or rejects direct mail. Verify it under Email Continuity; mail waits meanwhile and is not returned.',
  'tenant-blocked':
    'Office 365 has restricted the tenant. See restricted entities in Microsoft Defender, or ask Microsoft’s support.',
};

function nameOf({ host, address, source }: AddressProbe): string {
  const from = source === null ? '' : ` from ${source}`;
  return `${address === null ? host : `${host} [${address}]`}${from}`;
}

function totalOf({ latencies, outcome }: AddressProbe): number | null {
  const measured = Object.values(latencies);
  if (outcome.kind === 'network' || measured.length === 0) return null;
  return measured.reduce((sum, one) => sum + one, 0);
}

/**
 * Two recipients that our directory knows and Office 365 does not, at once: an incident of its directory or of the
 * tenant's licences (reference 4.2), not two strangers.
 */
function everyoneRefused(probes: readonly AddressProbe[]): EvidenceFinding | null {
  const answers = probes.flatMap(({ recipients }) => recipients);
  const asked = Math.max(0, ...probes.map(({ recipients }) => recipients.length));
  const unknown = answers.every((answer) => assessOutcome(answer).class === 'unknown-recipient');
  if (asked < 2 || !unknown) return null;
  return {
    verdict: 'bad',
    weight: 'medium',
    cause: `550 5.4.1 for all ${asked} recipients that were asked for, and all are in the directory`,
    latency: null,
    remedy: null,
  };
}

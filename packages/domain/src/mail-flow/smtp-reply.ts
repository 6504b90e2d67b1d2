/** What the far end, or the network in its place, answered to a delivery attempt. */
export type AttemptOutcome =
  | { readonly kind: 'reply'; readonly code: number; readonly text: string }
  | {
      readonly kind: 'network';
      readonly failure: 'dns' | 'connect' | 'tls' | 'timeout' | 'dropped';
      readonly text: string;
    };

export type ReplyClass =
  | 'delivered'
  | 'path-down'
  | 'front-end'
  | 'directory-lookup'
  | 'proxy'
  | 'replication'
  | 'dropped'
  | 'back-pressure'
  | 'filter-busy'
  | 'connection-throttled'
  | 'subnet'
  | 'throttled'
  | 'reputation'
  | 'mailbox-throttled'
  | 'too-many-recipients'
  | 'unknown-recipient'
  | 'connector-broken'
  | 'receive-limit'
  | 'sender-banned'
  | 'mailbox-full'
  | 'too-big'
  | 'tenant-blocked'
  | 'unknown-temporary'
  | 'unknown-permanent';

/** How much a reply says about the primary as a whole, not about us or about one mailbox. */
export type EvidenceWeight = 'none' | 'low' | 'medium' | 'high';

export type RelayAction =
  | 'delivered'
  | 'retry'
  | 'retry-slower'
  | 'retry-mailbox-slower'
  | 'retry-next-hour'
  | 'refused'
  /** Refused for a reason that a person has to look at: held, asked again now and then, never bounced by itself. */
  | 'hold'
  | 'our-fault';

export interface ReplyAssessment {
  readonly class: ReplyClass;
  readonly weight: EvidenceWeight;
  readonly action: RelayAction;
}

interface Rule extends ReplyAssessment {
  readonly pattern: RegExp;
}

const rule = (
  pattern: RegExp,
  cls: ReplyClass,
  weight: EvidenceWeight,
  action: RelayAction,
): Rule => ({
  pattern,
  class: cls,
  weight,
  action,
});

/**
 * Office 365's replies by text first and code second (reference "outages", 5.4): the same enhanced code stands for a
 * dead front end (`4.3.2 Service not available`) and for one busy mailbox (`432 4.3.2 STOREDRV.Deliver`).
 * The first match wins; unknown 4xx is temporary.
 */
const RULES: readonly Rule[] = [
  // Before the busy mailbox: the store driver reports a full one under its own name as well.
  rule(/^5.*(?:5\.2\.2\b|mailbox full|QuotaExceeded)/is, 'mailbox-full', 'none', 'hold'),
  rule(
    /STOREDRV\.Deliver|recipient thread limit/i,
    'mailbox-throttled',
    'none',
    'retry-mailbox-slower',
  ),
  rule(/5\.2\.12[12]\b/, 'receive-limit', 'none', 'retry-next-hour'),
  rule(/maximum number of concurrent connections/i, 'connection-throttled', 'none', 'retry-slower'),
  rule(/4\.7\.700\b|PFA agent busy/i, 'filter-busy', 'medium', 'retry'),
  rule(/5\.7\.25\b|4\.7\.26\b/, 'reputation', 'none', 'our-fault'),
  rule(/4\.7\.650\b/, 'reputation', 'none', 'our-fault'),
  rule(/4\.7\.(?:8[5-9]\d)\b/, 'reputation', 'none', 'our-fault'),
  rule(/4\.7\.5\d\d\b.*(?:server busy|S7771[49]|\bAS\d+)/is, 'throttled', 'low', 'retry-slower'),
  rule(/4\.7\.(?:5\d\d|6\d\d)\b/, 'reputation', 'none', 'our-fault'),
  rule(/4\.4\.4\b.*ATTR3|ATTR3/i, 'subnet', 'low', 'retry'),
  rule(/4\.3\.2\b.*(?:ATTR\d|temporary server)/is, 'directory-lookup', 'high', 'retry'),
  rule(/4\.3\.2\b.*(?:not available|not active|not accepting)/is, 'front-end', 'high', 'retry'),
  rule(/ATTR1?\d\b|PRX\d|MRH\d|nexthop|4\.3\.111\b/i, 'proxy', 'high', 'retry'),
  rule(/4\.4\.2[458]\b|failed to be replicated/i, 'replication', 'medium', 'retry'),
  rule(/4\.4\.2\b|4\.4\.318\b|connection dropped|closed abruptly/i, 'dropped', 'medium', 'retry'),
  rule(/4\.3\.1\b|insufficient system resources/i, 'back-pressure', 'medium', 'retry-slower'),
  rule(/4\.5\.3\b|too many recipients/i, 'too-many-recipients', 'none', 'retry'),
  rule(
    /5\.7\.64\b|5\.7\.68\b|5\.7\.51\b|TenantAttribution|TenantInboundAttribution/i,
    'connector-broken',
    'none',
    'our-fault',
  ),
  rule(/5\.7\.1\b.*(?:banned|blocked using)/is, 'sender-banned', 'none', 'our-fault'),
  rule(/5\.7\.(?:60[6-9]|6[1-4]\d|511|708)\b/, 'sender-banned', 'none', 'our-fault'),
  rule(/5\.7\.705\b/, 'tenant-blocked', 'none', 'hold'),
  rule(/5\.4\.1\b|5\.1\.10\b|5\.1\.1\b/, 'unknown-recipient', 'low', 'refused'),
  rule(/5\.3\.4\b|5\.2\.3\b/, 'too-big', 'none', 'hold'),
];

const DOTTED_QUAD = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;

export function assessOutcome(outcome: AttemptOutcome): ReplyAssessment {
  if (outcome.kind === 'network') {
    return outcome.failure === 'dropped'
      ? { class: 'dropped', weight: 'medium', action: 'retry' }
      : { class: 'path-down', weight: 'high', action: 'retry' };
  }
  if (outcome.code >= 200 && outcome.code < 300) {
    return { class: 'delivered', weight: 'none', action: 'delivered' };
  }
  // Without IP addresses: `[15.7.64.2]` would read as the enhanced code 5.7.64.
  const line = `${outcome.code} ${outcome.text}`.replace(DOTTED_QUAD, '[ip]');
  const permanent = outcome.code >= 500 && outcome.code < 600;
  const found = RULES.find((candidate) => candidate.pattern.test(line));
  // RFC 5321 §4.2.1: the first digit governs. A 4xx that quotes somebody's 5.1.1 is still temporary.
  if (found !== undefined && (permanent || (found.action !== 'refused' && found.action !== 'hold')))
    return { class: found.class, weight: found.weight, action: found.action };
  return permanent
    ? { class: 'unknown-permanent', weight: 'low', action: 'hold' }
    : { class: 'unknown-temporary', weight: 'low', action: 'retry' };
}

/** One line for traces and ledgers, `450 4.1.1 …`, without line breaks and at most 500 characters. */
export function describeOutcome(outcome: AttemptOutcome): string {
  const line =
    outcome.kind === 'reply'
      ? `${outcome.code} ${outcome.text}`
      : `${outcome.failure}: ${outcome.text}`;
  return line.replace(/\s+/g, ' ').trim().slice(0, 500);
}

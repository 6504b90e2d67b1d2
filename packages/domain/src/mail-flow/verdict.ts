import type { ContentAction, ContentFinding } from './content-finding.ts';
import type { FilterLists, ListEntry } from '../lists/filter-lists.ts';
import { matchList, type ListSubject } from '../lists/list-match.ts';
import type { FilterMode } from './recipient-policy.ts';

export type AuthenticationResult =
  | 'pass'
  | 'fail'
  | 'softfail'
  | 'neutral'
  | 'none'
  | 'policy'
  | 'temperror'
  | 'permerror';

/** What SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 9989) said, in the words of RFC 8601. */
export interface SenderAuthentication {
  readonly spf: AuthenticationResult;
  readonly dkim: AuthenticationResult;
  readonly dmarc: AuthenticationResult;
  /** The policy that the From domain publishes; null without a record. */
  readonly dmarcPolicy: 'none' | 'quarantine' | 'reject' | null;
}

export type Verdict = 'deliver' | 'tag' | 'junk' | 'quarantine' | 'reject';

export type VerdictReason =
  | 'block-list'
  | 'allow-list'
  | 'allow-list-unauthenticated'
  | 'user-block-list'
  | 'user-allow-list'
  | 'dmarc-reject'
  | 'dmarc-quarantine'
  | 'spf-fail'
  | 'spf-softfail'
  | 'authentication-unavailable'
  | 'trusted-filter'
  | 'virus'
  | 'spam'
  | 'filter-unavailable'
  | 'clean';

export interface VerdictDecision {
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  /** The list entry that decided, for trace and for the reply text. */
  readonly entry: ListEntry | null;
}

export interface VerdictInput {
  readonly subject: ListSubject;
  /** The organisation's, then those for the recipient's domain alone. */
  readonly lists: readonly FilterLists[];
  /** The entry of the recipient's own lists that applies; null when none does. See `matchUserLists`. */
  readonly userEntry: ListEntry | null;
  /** Null: evaluation failed or ran out of its time budget. A filter error never loses and never rejects mail. */
  readonly authentication: SenderAuthentication | null;
  readonly filterMode: FilterMode;
  /** The client is a listed hop of the third-party filter in front of us. */
  readonly viaTrustedHop: boolean;
  /** One for each content filter that was asked. */
  readonly content: readonly ContentFinding[];
}

const plain = (verdict: Verdict, reason: VerdictReason): VerdictDecision => ({
  verdict,
  reason,
  entry: null,
});

/** Least severe first. */
const SEVERITY: readonly Verdict[] = ['deliver', 'tag', 'junk', 'quarantine', 'reject'];

/**
 * Block list, virus, the recipient's own lists, allow list, then the stricter of authentication and spam score. An allow entry never covers a virus.
 * One for an address or domain does not cover a message that fails a DMARC policy its owner publishes: the sender it
 * names is not the one who sent it. With a filter in front nothing is rejected, since the filter would have to
 * bounce it: such mail is quarantined instead, also from a hop that nobody has listed yet. What could not be scanned is delivered, flagged. What a user blocks goes to Junk, as
 * it does in Office 365 (SFV:BLK): nobody's private list makes mail of the organisation bounce.
 */
export function decideVerdict(input: VerdictInput): VerdictDecision {
  const decided = decideOpenly(input);
  return input.filterMode === 'filter-in-front' && decided.verdict === 'reject'
    ? { ...decided, verdict: 'quarantine' }
    : decided;
}

function decideOpenly(input: VerdictInput): VerdictDecision {
  const blocked = matchLists(input, 'block');
  if (blocked !== null) return { verdict: 'reject', reason: 'block-list', entry: blocked };
  const virus = input.content.find((finding) => finding.filter === 'virus');
  if (virus !== undefined && !('failed' in virus) && virus.action !== 'none') {
    return plain(virus.action, 'virus');
  }
  const { userEntry } = input;
  if (userEntry?.kind === 'block') {
    return stricter({ verdict: 'junk', reason: 'user-block-list', entry: userEntry }, judge(input));
  }
  const allowed = userEntry ?? matchLists(input, 'allow');
  if (allowed === null) return judge(input);
  if (allowed.type !== 'range' && failsPublishedPolicy(input.authentication)) {
    return { ...judge(input), reason: 'allow-list-unauthenticated', entry: allowed };
  }
  const reason = userEntry === null ? 'allow-list' : 'user-allow-list';
  const decision: VerdictDecision = { verdict: 'deliver', reason, entry: allowed };
  return virus !== undefined && 'failed' in virus ? stricter(decision, UNAVAILABLE) : decision;
}

function matchLists({ lists, subject }: VerdictInput, kind: ListEntry['kind']): ListEntry | null {
  for (const list of lists) {
    const entry = matchList(list, kind, subject);
    if (entry !== null) return entry;
  }
  return null;
}

function isBehindFilter({ filterMode, viaTrustedHop }: VerdictInput): boolean {
  return filterMode === 'filter-in-front' && viaTrustedHop;
}

const UNAVAILABLE = plain('tag', 'filter-unavailable');

/** By authentication and content. A filter in front has judged spam already, and ours would judge its address. */
function judge(input: VerdictInput): VerdictDecision {
  const behindFilter = isBehindFilter(input);
  const bySender = behindFilter
    ? plain('deliver', 'trusted-filter')
    : judgeAuthentication(input.authentication);
  return input.content
    .filter(({ filter }) => filter === 'virus' || !behindFilter)
    .map((finding) =>
      'failed' in finding ? UNAVAILABLE : plain(verdictOf(finding.action), finding.filter),
    )
    .reduce(stricter, bySender);
}

function verdictOf(action: ContentAction): Verdict {
  return action === 'none' ? 'deliver' : action;
}

/** The first of two that are as severe. */
function stricter(first: VerdictDecision, second: VerdictDecision): VerdictDecision {
  return SEVERITY.indexOf(second.verdict) > SEVERITY.indexOf(first.verdict) ? second : first;
}

function failsPublishedPolicy(authentication: SenderAuthentication | null): boolean {
  if (authentication === null || authentication.dmarc !== 'fail') return false;
  return authentication.dmarcPolicy === 'reject' || authentication.dmarcPolicy === 'quarantine';
}

function judgeAuthentication(authentication: SenderAuthentication | null): VerdictDecision {
  if (authentication === null) return plain('tag', 'authentication-unavailable');
  if (authentication.dmarc === 'fail') {
    if (authentication.dmarcPolicy === 'reject') return plain('reject', 'dmarc-reject');
    if (authentication.dmarcPolicy === 'quarantine') return plain('junk', 'dmarc-quarantine');
  }
  if (authentication.dmarc === 'pass' || authentication.dkim === 'pass')
    return plain('deliver', 'clean');
  if (authentication.dmarc === 'temperror' || authentication.spf === 'temperror') {
    return plain('tag', 'authentication-unavailable');
  }
  if (authentication.spf === 'fail') return plain('junk', 'spf-fail');
  if (authentication.spf === 'softfail') return plain('tag', 'spf-softfail');
  return plain('deliver', 'clean');
}

/**
 * One SMTP reply covers all recipients of a DATA: reject only when every recipient's verdict is reject, else the
 * rejected ones are quarantined.
 */
export function settleVerdicts(verdicts: readonly Verdict[]): readonly Verdict[] {
  if (verdicts.length > 0 && verdicts.every((verdict) => verdict === 'reject')) return verdicts;
  return verdicts.map((verdict) => (verdict === 'reject' ? 'quarantine' : verdict));
}

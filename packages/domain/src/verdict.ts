import { matchList, type FilterLists, type ListEntry, type ListSubject } from './filter-lists.ts';
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
  | 'dmarc-reject'
  | 'dmarc-quarantine'
  | 'spf-fail'
  | 'spf-softfail'
  | 'authentication-unavailable'
  | 'trusted-filter'
  | 'clean';

export interface VerdictDecision {
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  /** The list entry that decided, for trace and for the reply text. */
  readonly entry: ListEntry | null;
}

export interface VerdictInput {
  readonly subject: ListSubject;
  readonly lists: FilterLists;
  /** Null: evaluation failed or ran out of its time budget. A filter error never loses and never rejects mail. */
  readonly authentication: SenderAuthentication | null;
  readonly filterMode: FilterMode;
  /** The client is a listed hop of the third-party filter in front of us. */
  readonly viaTrustedHop: boolean;
}

const plain = (verdict: Verdict, reason: VerdictReason): VerdictDecision => ({
  verdict,
  reason,
  entry: null,
});

/**
 * Block list, allow list, then authentication. An allow entry for an address or domain does not cover a message that
 * fails a DMARC policy its owner publishes: the sender it names is not the one who sent it. Behind a trusted filter
 * nothing is rejected, since the filter would have to bounce it: such mail is quarantined instead.
 */
export function decideVerdict(input: VerdictInput): VerdictDecision {
  const decided = decideOpenly(input);
  const behindFilter = input.filterMode === 'filter-in-front' && input.viaTrustedHop;
  return behindFilter && decided.verdict === 'reject'
    ? { ...decided, verdict: 'quarantine' }
    : decided;
}

function decideOpenly(input: VerdictInput): VerdictDecision {
  const blocked = matchList(input.lists, 'block', input.subject);
  if (blocked !== null) return { verdict: 'reject', reason: 'block-list', entry: blocked };
  const behindFilter = input.filterMode === 'filter-in-front' && input.viaTrustedHop;
  const byAuthentication = behindFilter
    ? plain('deliver', 'trusted-filter')
    : judgeAuthentication(input.authentication);
  const allowed = matchList(input.lists, 'allow', input.subject);
  if (allowed === null) return byAuthentication;
  if (allowed.type !== 'range' && failsPublishedPolicy(input.authentication)) {
    return { ...byAuthentication, reason: 'allow-list-unauthenticated', entry: allowed };
  }
  return { verdict: 'deliver', reason: 'allow-list', entry: allowed };
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

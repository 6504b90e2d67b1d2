import type { DmarcPolicy } from '../mail-flow/sender-policy.ts';
import type { AuthenticationResult } from '../mail-flow/verdict.ts';

/**
 * What becomes of mail written in emergency mailboxes of a domain: `accepted` is proved by DKIM or SPF; the others are
 * not, and the domain's own DMARC policy says what recipients do with such mail. `unknown`: DNS was not asked yet.
 */
export type ReplyFate = 'accepted' | 'doubted' | 'junked' | 'rejected' | 'unknown';

export interface OutboundFacts {
  /** Some key of ours is published, so mail is signed. */
  readonly signed: boolean;
  /** Null: not asked yet, or DNS did not answer. */
  readonly spf: AuthenticationResult | null;
  /** Null without a record. */
  readonly dmarc: DmarcPolicy | null;
}

/**
 * Our From and our envelope sender are the user's own address, so a signature or an SPF pass is always aligned, in the
 * strict mode too: one of them is enough for DMARC (RFC 9989).
 */
export function decideReplyFate({ signed, spf, dmarc }: OutboundFacts): ReplyFate {
  if (signed || spf === 'pass') return 'accepted';
  if (spf === null || spf === 'temperror') return 'unknown';
  switch (dmarc) {
    case 'reject':
      return 'rejected';
    case 'quarantine':
      return 'junked';
    case 'none':
    case null:
      // Without a policy a hard SPF failure alone makes many recipients refuse.
      return spf === 'fail' ? 'rejected' : 'doubted';
  }
}

/** Whether replies would fail SPF and DMARC both: what the preview of an event counts. */
export function repliesFail(fate: ReplyFate): boolean {
  switch (fate) {
    case 'doubted':
    case 'junked':
    case 'rejected':
      return true;
    case 'accepted':
    case 'unknown':
      return false;
  }
}

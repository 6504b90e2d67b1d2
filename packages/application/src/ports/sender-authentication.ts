import type { SenderAuthentication } from '@holdfast/domain';
import type { Inspection } from './inspection.ts';

export interface CheckedSender {
  /** Null when DNS or the evaluation failed or the time budget ran out: the message is then delivered, flagged. */
  readonly authentication: SenderAuthentication | null;
  /** The value of `Authentication-Results` (RFC 8601 §2.2). */
  readonly resultsHeader: string;
  /** The one RFC 5322 From address, null when there is none or several. */
  readonly headerFrom: string | null;
}

/** SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 9989) of a message as received. */
export interface SenderAuthenticator {
  begin(facts: {
    readonly clientIp: string;
    readonly helo: string;
    readonly envelopeFrom: string;
  }): Inspection<CheckedSender>;
}

import type { SenderAuthentication } from '@holdfast/domain';

export interface SenderAuthenticator {
  /**
   * SPF, DKIM and DMARC of a message as received. Null when DNS or the evaluation failed or the time budget ran out:
   * the message is then delivered, flagged. `resultsHeader` is the value of `Authentication-Results` (RFC 8601 §2.2),
   * `headerFrom` the one RFC 5322 From address, null when there is none or several.
   */
  authenticate(input: {
    readonly clientIp: string;
    readonly helo: string;
    readonly envelopeFrom: string;
    readonly body: Uint8Array;
  }): Promise<{
    readonly authentication: SenderAuthentication | null;
    readonly resultsHeader: string;
    readonly headerFrom: string | null;
  }>;
}

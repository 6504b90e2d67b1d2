import type { PushOutcome, PushUrgency } from '@holdfast/domain';

/** Push services of browsers (RFC 8030), which know us by our keys (RFC 8292). Nothing that is sent has a content. */
export interface PushService {
  /** The uncompressed point in base64url, and a private key as only this port reads it. */
  createKeys(): Promise<{ readonly publicKey: string; readonly privateKey: string }>;
  /** Connects to public addresses only, follows nowhere, and answers with data whatever happens. */
  send(message: {
    readonly endpoint: string;
    readonly keys: { readonly publicKey: string; readonly privateKey: string };
    readonly urgency: PushUrgency;
  }): Promise<PushOutcome>;
}

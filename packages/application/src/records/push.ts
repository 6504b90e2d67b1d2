import type { Instant, MailboxAccess } from '@holdfast/domain';

/** By which push services know this installation. */
export interface PushKeyRecord {
  /** The uncompressed point, base64url: what browsers take (RFC 8292 §3.2). */
  readonly publicKey: string;
  readonly sealedPrivateKey: string;
  readonly madeAt: Instant;
}

/** A device that wants to be told of news, as long as its session lasts. */
export interface PushSubscriptionRecord {
  readonly sessionId: string;
  readonly userId: string;
  readonly endpoint: string;
  readonly madeAt: Instant;
  /** What may be done in the mailbox, as the device knows it. */
  readonly access: MailboxAccess;
  /** Mail up to here is no news to it. */
  readonly toldUntil: Instant;
}

/** A device that there is something to tell. */
export interface DuePush {
  readonly sessionId: string;
  readonly userId: string;
  readonly endpoint: string;
  readonly failures: number;
  /** What may be done in the mailbox, as the device knows it, and as it is. */
  readonly known: MailboxAccess;
  readonly access: MailboxAccess;
  /** The newest unread mail that it knows nothing of; null: none. */
  readonly newest: Instant | null;
}

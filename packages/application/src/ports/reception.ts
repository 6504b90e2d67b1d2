import type { Address, DirectoryKind } from '@holdfast/domain';

/** The seam between the SMTP server and the product: the server speaks the protocol, the policy decides. */
export interface Reception {
  /** Binds; rejects with `PortInUseError` data in its message when the port is taken. Resolves with the port. */
  start(): Promise<{ readonly port: number }>;
  /** Stops accepting, tells `421` to the others at once, lets sessions at end of data finish, then closes. */
  stop(): Promise<void>;
}

export interface SmtpReply {
  readonly code: number;
  /** RFC 3463, `5.1.1`; null where none applies. */
  readonly enhanced: string | null;
  readonly text: string;
}

export interface SessionFacts {
  readonly id: string;
  readonly clientIp: string;
  readonly helo: string;
  /** RFC 3848: HELO or EHLO. */
  readonly protocol: 'SMTP' | 'ESMTP';
  /** Version and cipher, `TLSv1.3 TLS_AES_256_GCM_SHA384`; null in clear. */
  readonly tls: string | null;
}

/** What the client says of a message before it comes. */
export interface AnnouncedMessage {
  readonly from: string;
  /** RFC 1870; null when it was not said. Unit: bytes. */
  readonly size: number | null;
  readonly bodyType: '7BIT' | '8BITMIME';
  readonly smtpUtf8: boolean;
}

export type RecipientAnswer =
  | { readonly accept: true; readonly recipient: AcceptedRecipient }
  | { readonly accept: false; readonly reply: SmtpReply };

export interface AcceptedRecipient {
  readonly address: Address;
  readonly organisationId: string;
  readonly kind: DirectoryKind | null;
  readonly protected: boolean;
}

export interface ReceivedMessage {
  readonly session: SessionFacts;
  readonly from: string;
  readonly recipients: readonly AcceptedRecipient[];
  readonly bodyType: '7BIT' | '8BITMIME';
  readonly smtpUtf8: boolean;
  /** Line ends normalised to CRLF, ends with CRLF; bare CR and NUL are refused. */
  readonly body: MessageBody;
}

/**
 * Whole when it is small, in pieces as they arrive when it is not: mx never holds a big message in memory. The pieces
 * reject when the client goes away or the bytes are refused; the reception then answers by itself.
 */
export type MessageBody = Uint8Array | AsyncIterable<Uint8Array>;

/** At once where nothing has to be waited for: a promise for each command is felt at some thousand messages a second. */
export type Answer<T> = T | Promise<T>;

/** Decides; never throws for a message's content. Whatever it throws becomes `451` (invariant 1). */
export interface ReceptionPolicy {
  /** Null: go on. */
  mailFrom(session: SessionFacts, announced: AnnouncedMessage): Answer<SmtpReply | null>;
  recipient(
    session: SessionFacts,
    announced: AnnouncedMessage,
    address: string,
  ): Answer<RecipientAnswer>;
  /** After the durable record exists (250), or with the refusal. */
  message(message: ReceivedMessage): Answer<SmtpReply>;
}

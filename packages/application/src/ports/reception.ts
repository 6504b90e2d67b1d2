import type { Address, DirectoryKind } from '@holdfast/domain';

/**
 * The seam between the SMTP server and the product: the server speaks the protocol, the policy decides.
 * smtp-server stands behind it first, our own protocol machine later.
 */
export interface Reception {
  /** Binds; rejects with `PortInUseError` data in its message when the port is taken. Resolves with the port. */
  start(): Promise<{ readonly port: number }>;
  /** Stops accepting, lets sessions at end of data finish, then closes. */
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
  readonly tls: string | null;
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

/** Decides; never throws for a message's content. Whatever it throws becomes `451` (invariant 1). */
export interface ReceptionPolicy {
  mailFrom(session: SessionFacts, from: string): Promise<SmtpReply | null>;
  recipient(session: SessionFacts, from: string, address: string): Promise<RecipientAnswer>;
  /** Resolves after the durable record exists (250), or with the refusal. */
  message(message: ReceivedMessage): Promise<SmtpReply>;
}

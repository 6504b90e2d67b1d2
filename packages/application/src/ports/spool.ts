import type {
  Address,
  ContentFinding,
  DirectoryKind,
  Instant,
  MailFolder,
  Verdict,
} from '@holdfast/domain';

/** `copy`: some recipient is protected, kept for the retention. `transit`: none is, removed 24 h after the last final state. */
export type SpoolClass = 'copy' | 'transit';

/**
 * Who put the record there: a stranger over SMTP, a user of an emergency mailbox, or the product itself. `mailbox` is a
 * copy of what lies in somebody's mailbox at Office 365: nobody's accepted recipient, never relayed (decision 0032).
 * `drill` was written in a drill: it has no recipients either, and goes nowhere (decision 0045).
 */
export type SpoolOrigin =
  | 'inbound'
  | 'submission'
  | 'notice'
  | 'bounce'
  | 'seed'
  | 'mailbox'
  | 'drill';

/** Of a message that was written in a drill. */
export interface PractisedMessage {
  readonly drillId: string;
  /** Other participants whom it was addressed to: they see it here, and nobody sees it elsewhere. */
  readonly readerIds: readonly string[];
}

/** Where a copied message lay when it was copied. */
export interface CopiedPlace {
  readonly userId: string;
  readonly folder: MailFolder;
  /** Of those that the user has made; absent in records of older versions. */
  readonly ownFolder?: string | null;
  readonly isRead: boolean;
  readonly isFlagged: boolean;
}

export interface EnvelopeRecipient {
  readonly address: Address;
  /** Null for a recipient outside every organisation (outbound). */
  readonly organisationId: string | null;
  /** Null when the address was accepted by call-out and is not in the directory, or lies outside. */
  readonly kind: DirectoryKind | null;
  readonly protected: boolean;
  readonly verdict: Verdict;
  /** Machine-readable reason of the verdict, e.g. `dmarc-reject`. */
  readonly reason: string;
}

export interface SpoolEnvelope {
  /** RFC 5321 reverse-path without brackets; empty for the null sender. */
  readonly from: string;
  readonly recipients: readonly EnvelopeRecipient[];
  readonly bodyType: '7BIT' | '8BITMIME';
  readonly smtpUtf8: boolean;
  readonly client: {
    readonly ip: string;
    /** HELO or EHLO argument. */
    readonly helo: string;
    /** TLS version and cipher, or null in clear. */
    readonly tls: string | null;
  };
  /** SPF, DKIM, DMARC in the words of RFC 8601; null when evaluation was not possible. */
  readonly authentication: string | null;
  /** What the content filters said; absent where none was asked. */
  readonly content?: readonly ContentFinding[];
  /** True when SPF or DKIM proved the sender: only then may a non-delivery report go out (no backscatter). */
  readonly senderAuthenticated: boolean;
}

export interface SpoolRecordHead {
  /** uuidv7, made by the writer; unique for ever. */
  readonly id: string;
  readonly acceptedAt: Instant;
  readonly origin: SpoolOrigin;
  readonly class: SpoolClass;
  /** The organisation whose copy this is; the first recipient's for mail to several. Null never occurs. */
  readonly organisationId: string;
  readonly envelope: SpoolEnvelope;
  /** `Received` and `Authentication-Results` put on top of the body, each line CRLF-terminated; may be empty. */
  readonly traceHeaders: string;
  readonly snapshotVersion: number;
  /** Not to be sent before this instant (undo send); null: at once. */
  readonly notBefore: Instant | null;
  /** For submissions: the user's id and the client-made idempotency key. */
  readonly submission: { readonly userId: string; readonly key: string } | null;
  /** For copies out of a mailbox, and for nothing else. `acceptedAt` is when Office 365 received it. */
  readonly copied?: CopiedPlace;
  /** For origin `drill`, and for nothing else. */
  readonly practised?: PractisedMessage;
}

/** Where the bytes lie: enough to open them without a database. */
export interface StoreReference {
  /** Directory name of the writer's instance under the spool, or `kept`. */
  readonly instance: string;
  /** File name in it. */
  readonly segment: string;
  /** Byte offset of the record. */
  readonly offset: number;
  /** Byte length of the whole record. */
  readonly length: number;
}

export interface SpooledRecord extends SpoolRecordHead {
  readonly reference: StoreReference;
  /** Bytes of the message as it leaves: trace headers and body. */
  readonly size: number;
  /** On request: the envelope still counts, and there is nothing to deliver. */
  readonly erased: boolean;
  /**
   * The body as it was accepted, without our trace headers: from the bytes that the reader holds already where it lies
   * in the record. Rejects with `MessageTooBigError` beyond `limit` bytes, and with `MessageGoneError`.
   */
  body(limit: number): Promise<Uint8Array>;
}

/** `no-key`: an organisation of the record has no usable key, and nothing is ever kept in clear. */
export type SpoolRefusal = 'disk-reserve' | 'write-failed' | 'no-key' | 'closed';

/** Refused for want of disk (`452`) or for any doubt (`451`). Nothing was accepted. */
export class SpoolRefusedError extends Error {
  readonly reason: SpoolRefusal;
  constructor(reason: SpoolRefusal, message: string) {
    super(message);
    this.name = 'SpoolRefusedError';
    this.reason = reason;
  }
}

export interface StagedMessage {
  readonly id: string;
  readonly class: SpoolClass;
  /** Every organisation that the record will name: each gets the key of the body, wrapped in its own. */
  readonly organisationIds: readonly string[];
}

export interface StagedBody {
  readonly kind: 'staged';
  readonly message: StagedMessage;
  /** File in the writer's instance directory. */
  readonly name: string;
  /** Bytes of the body in clear. */
  readonly length: number;
  /** Bytes of the file. */
  readonly storedLength: number;
  /** Of the file. */
  readonly crc: number;
  /** The key of the body, wrapped for each organisation. */
  readonly keys: Uint8Array;
}

/**
 * Single writer of one instance directory. `append` resolves after a completed `fdatasync` that covers record and body
 * (and `fsync` of the directory for a new file): only then may `250` be said. Rejects with `SpoolRefusedError`.
 */
export interface SpoolWriter {
  readonly instance: string;
  /**
   * Writes the body of a message to a file of its own, piece by piece, before its record exists: for bodies too big to
   * hold. Durable when it resolves. Rejects with `SpoolRefusedError`, or with what the pieces rejected with; nothing is
   * left of it then. Every staged body must be appended or discarded.
   */
  stage(message: StagedMessage, body: AsyncIterable<Uint8Array>): Promise<StagedBody>;
  /** Removes a staged body whose message is not accepted. Never rejects: what is left behind is found by the audit. */
  discard(staged: StagedBody): Promise<void>;
  append(
    head: SpoolRecordHead,
    /** CRLF line ends, as it is to be kept byte for byte. A staged body must be of this head's id and class. */
    body: Uint8Array | StagedBody,
  ): Promise<StoreReference>;
  /** Waits for what is under way, then marks the instance closed. */
  close(): Promise<void>;
}

export interface SpoolPosition {
  readonly instance: string;
  readonly segment: string;
  /** Offset of the next unread byte. */
  readonly offset: number;
}

export interface SpoolAlarm {
  /** `damaged-record`: nobody can say any more what it was. `damaged-body`, `missing-body`: the envelope is whole. */
  readonly kind: 'damaged-record' | 'damaged-body' | 'missing-body' | 'unreadable-segment';
  readonly instance: string;
  readonly segment: string;
  readonly offset: number;
  readonly detail: string;
}

export interface SpoolBatch {
  readonly records: readonly SpooledRecord[];
  /** Commit this in the transaction that writes the rows. Equal to the start when nothing new was there. */
  readonly next: SpoolPosition;
  /** Durable bytes of the segment that follow. */
  readonly waiting: number;
  readonly alarms: readonly SpoolAlarm[];
}

/** Reads what is durable: `fstat`, `fdatasync` on its own descriptor, whole records up to that size. */
export interface SpoolReader {
  /** Every segment of every instance, oldest first. */
  segments(): Promise<
    readonly {
      readonly instance: string;
      readonly segment: string;
      readonly class: SpoolClass;
      readonly closed: boolean;
      /** Nothing is appended any more: closed, or its writer has begun a later one. */
      readonly finished: boolean;
    }[]
  >;
  read(
    from: SpoolPosition,
    limits: { readonly records: number; readonly bytes: number },
  ): Promise<SpoolBatch>;
}

/** Message bytes by reference. The local store reads the spool; an S3 store can stand behind the same port. */
export interface MessageStore {
  /**
   * The message as it leaves: trace headers first, then the body, verified. Throws `MessageGoneError` when the bytes are
   * not there (`MessageDamagedError`, `MessageErasedError` say more), `MessageLockedError` without a key.
   */
  open(
    reference: StoreReference,
  ): Promise<{ readonly size: number; stream(): AsyncIterable<Uint8Array> }>;
  /** The whole message; refuses more than `limit` bytes with `MessageTooBigError`. */
  read(reference: StoreReference, limit: number): Promise<Uint8Array>;
}

export class MessageGoneError extends Error {
  constructor(reference: StoreReference, detail = 'no bytes') {
    super(`${placeOf(reference)}: ${detail}`);
    this.name = 'MessageGoneError';
  }
}

/** The bytes are there and are not the ones that were accepted. */
export class MessageDamagedError extends MessageGoneError {
  constructor(reference: StoreReference, detail: string) {
    super(reference, detail);
    this.name = 'MessageDamagedError';
  }
}

/** Somebody asked for it and it was done: no fault. */
export class MessageErasedError extends MessageGoneError {
  constructor(reference: StoreReference) {
    super(reference, 'erased on request');
    this.name = 'MessageErasedError';
  }
}

/** The bytes are there; none of the organisations they are for has a usable key here. */
export class MessageLockedError extends Error {
  constructor(reference: StoreReference) {
    super(`${placeOf(reference)}: no usable key of an organisation it is for`);
    this.name = 'MessageLockedError';
  }
}

function placeOf({ instance, segment, offset }: StoreReference): string {
  return `${instance}/${segment}@${offset}`;
}

export class MessageTooBigError extends Error {
  constructor(size: number, limit: number) {
    super(`The message has ${size} bytes; at most ${limit} are read at once`);
    this.name = 'MessageTooBigError';
  }
}

import type {
  DeliveryNext,
  DeliveryRoute,
  DeliveryState,
  HoldKind,
  Instant,
  MailFolder,
  SettledReport,
  Verdict,
} from '@holdfast/domain';
import type { MessageSummary } from '../ports/message-parser.ts';
import type { SpoolOrigin, StoreReference } from '../ports/spool.ts';

/** One row per spool record and organisation. */
export interface MessageRecord {
  readonly id: string;
  readonly organisationId: string;
  readonly acceptedAt: Instant;
  readonly origin: SpoolOrigin;
  readonly reference: StoreReference;
  readonly size: number;
  readonly envelopeFrom: string;
  readonly clientIp: string;
  readonly bodyType: '7BIT' | '8BITMIME';
  readonly smtpUtf8: boolean;
  readonly senderAuthenticated: boolean;
  readonly summary: MessageSummary;
}

/** One row per envelope recipient. */
export interface DeliveryRecord {
  readonly id: string;
  readonly messageId: string;
  readonly organisationId: string;
  readonly acceptedAt: Instant;
  readonly recipient: string;
  readonly route: DeliveryRoute;
  readonly state: DeliveryState;
  readonly hold: HoldKind | null;
  readonly dueAt: Instant | null;
  readonly attempts: number;
  readonly refusals: number;
  readonly verdict: Verdict;
  readonly verdictReason: string;
  /** Last reply or reason, one line; null before the first attempt. */
  readonly reply: string | null;
  readonly host: string | null;
  readonly updatedAt: Instant;
}

/** A view of the copy in one user's emergency mailbox; never a ledger entry. */
export interface MailboxItemRecord {
  readonly id: string;
  readonly messageId: string;
  readonly userId: string;
  readonly folder: MailFolder;
  readonly receivedAt: Instant;
  readonly isRead: boolean;
  readonly isFlagged: boolean;
  /** Display name of the group it came through; null when addressed directly. */
  readonly viaGroup: string | null;
}

/** A view that comes later than ingest: of mail that was released from quarantine. */
export interface NewMailboxItem extends Pick<
  MailboxItemRecord,
  'id' | 'messageId' | 'userId' | 'folder' | 'viaGroup'
> {
  readonly acceptedAt: Instant;
}

/** What ingest makes of one spool record, for one organisation. */
export interface IngestedMessage {
  readonly message: MessageRecord;
  readonly deliveries: readonly Pick<
    DeliveryRecord,
    | 'id'
    | 'recipient'
    | 'route'
    | 'state'
    | 'hold'
    | 'dueAt'
    | 'verdict'
    | 'verdictReason'
    | 'reply'
  >[];
  readonly items: readonly (Pick<
    MailboxItemRecord,
    'id' | 'userId' | 'folder' | 'isRead' | 'isFlagged' | 'viaGroup'
  > & {
    /** Id in Office 365 of a folder that the user has made. */
    readonly ownFolder?: string | null;
  })[];
  readonly submission: { readonly userId: string; readonly key: string } | null;
  /** The drill that it was written in: while that runs, mailboxes show it, and nothing else is ever done with it. */
  readonly drillId: string | null;
  /** Since when mailboxes other than the sender's show it: mail that can still be taken back was seen by nobody. */
  readonly shownFrom: Instant;
}

/** A message written in an emergency mailbox, for deciding whether it can still be taken back. */
export interface SubmissionRecord {
  readonly message: MessageRecord;
  readonly undoneAt: Instant | null;
  readonly deliveries: readonly Pick<
    DeliveryRecord,
    'recipient' | 'state' | 'attempts' | 'dueAt'
  >[];
}

/** What a relay needs of a delivery and its message: nothing of the content. */
export interface LeasedDelivery {
  readonly delivery: Pick<
    DeliveryRecord,
    | 'id'
    | 'messageId'
    | 'organisationId'
    | 'acceptedAt'
    | 'recipient'
    | 'route'
    | 'state'
    | 'attempts'
    | 'refusals'
    | 'reply'
  >;
  readonly message: Pick<
    MessageRecord,
    | 'id'
    | 'organisationId'
    | 'acceptedAt'
    | 'origin'
    | 'reference'
    | 'envelopeFrom'
    | 'bodyType'
    | 'smtpUtf8'
    | 'senderAuthenticated'
  > & {
    /** RFC 5322, with brackets; null when it has none. */
    readonly rfcMessageId: string | null;
  };
  /** The tenant's hosts for the recipient's domain, for route `primary`. */
  readonly hosts: readonly string[];
}

export interface DeliveryResult {
  readonly deliveryId: string;
  readonly acceptedAt: Instant;
  readonly next: DeliveryNext;
  readonly host: string | null;
  readonly tls: string | null;
  readonly at: Instant;
}

/** A lease that is given back unused; it may be taken again from this instant. */
export interface UnusedLease {
  readonly deliveryId: string;
  readonly acceptedAt: Instant;
  readonly dueAt: Instant;
}

export interface TraceRow {
  /** RFC 5322 Message-ID with brackets, or null. */
  readonly messageId: string | null;
  readonly recipient: string;
  readonly sender: string;
  readonly subject: string;
  readonly state: DeliveryState;
  readonly reply: string | null;
  readonly acceptedAt: Instant;
  readonly at: Instant;
}

export interface MailboxListItem extends MailboxItemRecord {
  readonly acceptedAt: Instant;
  readonly subject: string;
  readonly from: { readonly name: string; readonly address: string } | null;
  readonly to: readonly { readonly name: string; readonly address: string }[];
  readonly preview: string;
  readonly attachments: number;
  /** Name of the folder that its reader has made in Outlook and that it lies in. */
  readonly ownFolder: string | null;
  /** What it says as a delivery report; null of all other mail. */
  readonly report: SettledReport | null;
  /** Null where messages are listed one by one. */
  readonly conversation: ConversationFigures | null;
}

export interface ConversationFigures {
  readonly id: string;
  /** Messages in all folders but Deleted and Junk, and those of the folder that is listed. */
  readonly count: number;
  readonly unread: number;
  /** Its items in the folder that is listed, newest first. */
  readonly itemIds: readonly string[];
  readonly unreadIds: readonly string[];
}

import type { Instant, MailFolder, MailSearch, OwnFolder, SettledReport } from '@holdfast/domain';
import type {
  MailboxListItem,
  MessageRecord,
  NewMailboxItem,
  SubmissionRecord,
} from '../../records/mail.ts';

/** Before a message, in the order of acceptance. */
export interface SearchPosition {
  /** Any instant of the day on which it was accepted. */
  readonly acceptedAt: Instant;
  readonly messageId: string;
}

export interface MailboxRepository {
  /** Counts of what was received since, and is shown by now; of a folder no further than `atMost`. */
  folders(
    userId: string,
    since: Instant,
    now: Instant,
    atMost: number,
  ): Promise<
    readonly { readonly folder: MailFolder; readonly total: number; readonly unread: number }[]
  >;
  /** Folders that the user has made in Outlook, with their ids there. */
  ownFolders(userId: string): Promise<readonly OwnFolder[]>;
  /** Those with mail received since, by name; unread ones no further than `atMost`. */
  ownFolderCounts(
    userId: string,
    since: Instant,
    now: Instant,
    atMost: number,
  ): Promise<
    readonly { readonly name: string; readonly folder: MailFolder; readonly unread: number }[]
  >;
  /** Newest first, back to `since`. `before` is the cursor of the last item seen. */
  page(
    userId: string,
    folder: MailFolder,
    since: Instant,
    limit: number,
    before: { readonly receivedAt: Instant; readonly id: string } | null,
  ): Promise<readonly MailboxListItem[]>;
  /**
   * The same with one item for each conversation, its newest in the folder. A page may be short and have a `next` all the
   * same: one conversation can fill many.
   */
  conversations(
    userId: string,
    folder: MailFolder,
    window: { readonly since: Instant; readonly until: Instant },
    limit: number,
    before: { readonly receivedAt: Instant; readonly id: string } | null,
  ): Promise<{
    readonly items: readonly MailboxListItem[];
    readonly next: { readonly receivedAt: Instant; readonly id: string } | null;
  }>;
  /** The conversation of an item, oldest first: without what was deleted or is junk, unless the item is there itself. */
  conversation(
    userId: string,
    itemId: string,
    window: { readonly since: Instant; readonly until: Instant },
  ): Promise<readonly MailboxListItem[]>;
  /**
   * Items that the search asks for, newest first, back to the day of `since`. `before` is where the last page ended,
   * `next` where this one did; null at the end. What asks for nothing finds nothing.
   */
  search(
    userId: string,
    search: MailSearch,
    since: Instant,
    limit: number,
    before: SearchPosition,
  ): Promise<{ readonly items: readonly MailboxListItem[]; readonly next: SearchPosition | null }>;
  /** Since when mail received after `since` cannot be found yet; null when all of it can. */
  unsearchedSince(userId: string, since: Instant): Promise<Instant | null>;
  get(
    userId: string,
    itemId: string,
  ): Promise<{ readonly item: MailboxListItem; readonly message: MessageRecord } | null>;
  /** Reports that this user has about a message of theirs; `id` is our record's. */
  reportsOn(
    userId: string,
    sent: { readonly id: string; readonly acceptedAt: Instant },
  ): Promise<readonly { readonly report: SettledReport; readonly at: Instant }[]>;
  /** This user's view of a record of ours; null without one. */
  itemOf(userId: string, messageId: string): Promise<string | null>;
  /** What its reader does here is carried back after an event: these three mark the view as touched. */
  setRead(userId: string, itemIds: readonly string[], isRead: boolean, at: Instant): Promise<void>;
  /** Every unread message of a folder that is shown; resolves to how many. */
  readAll(
    userId: string,
    folder: MailFolder,
    window: { readonly since: Instant; readonly until: Instant },
    at: Instant,
  ): Promise<number>;
  /** Unread again, what one call of `readAll` has marked; resolves to how many. */
  undoReadAll(userId: string, folder: MailFolder, markedAt: Instant, at: Instant): Promise<number>;
  setFlagged(
    userId: string,
    itemIds: readonly string[],
    value: boolean,
    at: Instant,
  ): Promise<void>;
  move(userId: string, itemIds: readonly string[], folder: MailFolder, at: Instant): Promise<void>;
  /** Adds views of messages that were kept back; who has one of the message already gets no second. */
  show(items: readonly NewMailboxItem[], at: Instant): Promise<void>;
  findSubmission(
    userId: string,
    key: string,
  ): Promise<{
    readonly messageId: string;
    readonly acceptedAt: Instant;
    readonly undoneAt: Instant | null;
    /** Null: claimed, and not known to be in the spool. */
    readonly storedAt: Instant | null;
    /** Null: the claim was released, or a version before this one sent it. */
    readonly digest: string | null;
  } | null>;
  /**
   * Before the message goes to the spool. Takes over a claim that was released, or was made before `unlessSince` and
   * never came to anything; false: the key is somebody else's.
   */
  claimSubmission(
    userId: string,
    key: string,
    claim: {
      readonly messageId: string;
      readonly acceptedAt: Instant;
      readonly digest: string;
      readonly unlessSince: Instant;
    },
  ): Promise<boolean>;
  /** It could not be stored: the key is free again, for the same record. */
  releaseSubmission(userId: string, key: string): Promise<void>;
  markStored(userId: string, key: string, at: Instant): Promise<void>;
  /** The same with its deliveries, all held until the transaction ends: a relay that leases comes before or after. */
  lockSubmission(userId: string, key: string): Promise<SubmissionRecord | null>;
  /**
   * Discards every delivery of the message, takes it out of all mailboxes, and marks the submission, whose key stays
   * used. Only in a transaction that has locked it.
   */
  undoSubmission(userId: string, key: string, at: Instant, reply: string): Promise<void>;
  /** People outside or inside, by part of name or address, with whom the user has written since; addresses in lower case. */
  correspondents(
    userId: string,
    query: string,
    since: Instant,
    limit: number,
  ): Promise<readonly { readonly name: string; readonly address: string }[]>;
  /** The user's item of a message, by RFC 5322 Message-ID with brackets. */
  findItem(userId: string, messageId: string): Promise<string | null>;
  /** Sent items accepted since that are not back in the tenant, and of which this event has no final word. */
  sentToPutBack(
    since: Instant,
    eventId: string,
  ): Promise<
    readonly {
      readonly itemId: string;
      readonly userId: string;
      readonly message: MessageRecord;
      readonly address: string;
    }[]
  >;
  sentItem(itemId: string): Promise<{
    readonly itemId: string;
    readonly userId: string;
    readonly message: MessageRecord;
    readonly address: string;
    readonly putBackAt: Instant | null;
  } | null>;
  /** Its envelope's recipients, sorted. */
  recipientsOf(message: Pick<MessageRecord, 'id' | 'acceptedAt'>): Promise<readonly string[]>;
  /** What a user wrote in the emergency mailbox since and did not take back, in the order of writing. */
  writtenBy(userId: string, since: Instant): Promise<readonly MessageRecord[]>;
  markPutBack(itemId: string, at: Instant): Promise<void>;
  /** Messages written in emergency mailboxes since, and how many of them are back in the tenant's Sent Items. */
  /** Of one user, or of all. */
  sentCounts(
    since: Instant,
    userId?: string,
  ): Promise<{ readonly sent: number; readonly putBack: number }>;
}

import type { Instant, MailFolder } from '@holdfast/domain';

/**
 * How a mailbox's copy stands. `copying`: the first round goes on. `current`: it is all there, and followed. `forbidden`:
 * Office 365 does not let us read it. `gone`: there is no such mailbox.
 */
export type CopyOutcome = 'copying' | 'current' | 'forbidden' | 'gone' | 'failed';

/** A mailbox whose turn it is. */
export interface DueMailbox {
  readonly userId: string;
  /** Of the object in the tenant. */
  readonly externalId: string;
  readonly address: string;
  readonly completedAt: Instant | null;
}

export interface FolderProgress {
  /** Where Graph's delta goes on; null: from the beginning. */
  readonly link: string | null;
  /** Messages of a first round that goes on; null: it is over. */
  readonly seen: number | null;
  /** What was received until then has still to be listed, since the first round was cut short; null: nothing has. */
  readonly listUntil: Instant | null;
}

export interface CopiedFolder extends FolderProgress {
  readonly externalId: string;
  readonly folder: MailFolder;
  /** Of one that the user has made. */
  readonly name: string | null;
}

/** What is known of an item of Office 365. */
export interface CopiedMessage {
  readonly externalId: string;
  readonly folderId: string;
  readonly messageId: string | null;
  readonly receivedAt: Instant;
  readonly recordId: string | null;
}

export interface MailboxCopyProgress {
  /** Protected users. */
  readonly users: number;
  readonly current: number;
  readonly copying: number;
  readonly forbidden: number;
  readonly failed: number;
  readonly messages: number;
  readonly bytes: number;
  readonly bytesToday: number;
  /** The end of the last whole round of the mailbox that is the furthest behind; null while one was never whole. */
  readonly oldestCheck: Instant | null;
  /** What Office 365 said last where it refused. */
  readonly refusal: string | null;
}

/** Copies of what lies in the mailboxes of protected users at Office 365. */
export interface MailboxCopyRepository {
  /** Protected users whose turn it is, never copied ones first, then the longest waiting; theirs until `until`. */
  claim(now: Instant, until: Instant, limit: number): Promise<readonly DueMailbox[]>;
  /** How a round ended, and what it added to the counts. */
  saveTurn(
    userId: string,
    turn: {
      readonly state: CopyOutcome;
      readonly detail: string | null;
      readonly nextAt: Instant;
      /** Set when every folder was read to its end. */
      readonly wholeAt: Instant | null;
      readonly skipped: number;
    },
  ): Promise<void>;
  folders(userId: string): Promise<readonly CopiedFolder[]>;
  /**
   * The folders that are there now. One whose name was not known is read anew, so that its messages say where they lie.
   * Of others the links are forgotten and their messages are lost.
   */
  saveFolders(
    userId: string,
    folders: readonly Pick<CopiedFolder, 'externalId' | 'folder' | 'name'>[],
    at: Instant,
  ): Promise<void>;
  /** Without a link the next round of it is a whole one, and what does not come again by its end is lost. */
  saveProgress(
    userId: string,
    folderId: string,
    progress: FolderProgress,
    at: Instant,
  ): Promise<void>;
  /** A whole round of a folder is over: what was known of it and was not seen since it began is lost. */
  endRestart(userId: string, folderId: string, at: Instant): Promise<void>;
  known(userId: string, externalIds: readonly string[]): Promise<readonly CopiedMessage[]>;
  /** Message-IDs of which the user has a view in Sent, or elsewhere, or that were erased on request. */
  shown(
    userId: string,
    messageIds: readonly string[],
    inSent: boolean,
  ): Promise<ReadonlySet<string>>;
  /** Remembers items, and adds what was copied to the counts of mailbox and day. */
  remember(
    userId: string,
    items: readonly CopiedMessage[],
    copied: { readonly messages: number; readonly bytes: number },
    at: Instant,
  ): Promise<void>;
  /** Follows where they lie now, unless the user touched the view here and it was not carried back yet. */
  follow(
    userId: string,
    places: readonly {
      readonly item: CopiedMessage;
      readonly folder: MailFolder;
      readonly isRead: boolean;
      readonly isFlagged: boolean;
      /** Of those that have a name; null: in none of them. */
      readonly ownFolder: string | null;
    }[],
    at: Instant,
  ): Promise<void>;
  /** They left this folder; ignored for what is in another by now. */
  lose(
    userId: string,
    folderId: string,
    externalIds: readonly string[],
    at: Instant,
  ): Promise<void>;
  /**
   * After a whole round: copies of what is lost go, of what passed through us the view goes to Deleted. Refuses when more
   * than `most` are lost at once, and more than half of what is known. Returns how many, or null when it refused.
   */
  buryLost(userId: string, most: number, at: Instant): Promise<number | null>;
  /** Forgets what was received before. */
  forgetBefore(userId: string, before: Instant): Promise<void>;
  /** Everything of users who are not protected any more. Returns how many. */
  forgetUnprotected(): Promise<number>;
  bytesOn(day: string): Promise<number>;
  progress(day: string): Promise<MailboxCopyProgress>;
  /** Whether this user's mailbox is all here, partly, or not at all. */
  stateOf(userId: string): Promise<{
    readonly state: CopyOutcome;
    readonly completedAt: Instant | null;
    readonly checkedAt: Instant | null;
  } | null>;
  saveCalendar(userId: string, sealed: string, asOf: Instant): Promise<void>;
  calendar(userId: string): Promise<{ readonly sealed: string; readonly asOf: Instant } | null>;
}

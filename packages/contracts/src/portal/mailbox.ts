import type { RefusalReason } from '@holdfast/domain';
import { z } from 'zod';
import { uuid, type IsoInstant } from '../words.ts';
import type { Party } from './people.ts';

export const MAILBOX_FOLDERS = ['inbox', 'sent', 'drafts', 'archive', 'deleted', 'junk'] as const;
export const mailboxFolder = z.enum(MAILBOX_FOLDERS);
export type MailboxFolder = z.infer<typeof mailboxFolder>;

/** So many messages of a folder are counted; where it says so, there may be more. */
export const FOLDER_COUNTED_TO = 1000;

export interface FolderView {
  readonly folder: MailboxFolder;
  readonly total: number;
  readonly unread: number;
}

/** A folder that its reader has made in Outlook, and where its mail is listed as well. */
export interface OwnFolderView extends Omit<FolderView, 'total'> {
  readonly name: string;
}

export const mailboxPageInput = z.object({
  folder: mailboxFolder,
  /** One row for each conversation. */
  grouped: z.boolean().default(false),
  limit: z.int().min(1).max(100).default(50),
  cursor: z.string().max(100).nullish(),
});

/** Characters of a search. */
export const MAX_QUERY_LENGTH = 200;

export const mailboxSearchInput = z.object({
  /** Words, quoted words, and operators as `from:` and `before:`; all have to hold. */
  query: z.string().max(MAX_QUERY_LENGTH),
  /** IANA name of where days begin; UTC when it is not known. */
  zone: z.string().max(64).default('UTC'),
  limit: z.int().min(1).max(100).default(50),
  cursor: z.string().max(100).nullish(),
});

export interface MailboxRow {
  readonly id: string;
  readonly folder: MailboxFolder;
  readonly from: Party | null;
  readonly to: readonly Party[];
  readonly subject: string;
  readonly preview: string;
  readonly receivedAt: IsoInstant;
  readonly isRead: boolean;
  readonly isFlagged: boolean;
  readonly attachments: number;
  readonly viaGroup: string | null;
  /** Name of the folder that its reader has made in Outlook and that it lies in. */
  readonly ownFolder: string | null;
  /** What it says as a delivery report; null of all other mail. */
  readonly report: ReportOfRow | null;
  /** Accepted since the event began. */
  readonly sinceEvent: boolean;
  /** Null where messages are listed one by one. */
  readonly conversation: ConversationOfRow | null;
}

/** What a delivery report says, as far as a line of a list takes it. */
export interface ReportOfRow {
  /** Where the message was sent that it is about; `unknown`: not by this person, as far as we know. */
  readonly sent: 'here' | 'elsewhere' | 'unknown';
  /** The worst of what it says. */
  readonly action: 'failed' | 'delayed' | 'delivered';
  readonly recipient: string;
  /** How many more recipients it says the same of. */
  readonly others: number;
  readonly reason: RefusalReason;
}

export interface ConversationOfRow {
  readonly id: string;
  /** Of its messages in all folders but Deleted and Junk, and of the folder that is listed. */
  readonly count: number;
  readonly unread: number;
  /** Its messages in the folder that is listed, newest first: what is done to the row is done to them. */
  readonly itemIds: readonly string[];
  /** Those of them that are unread. */
  readonly unreadIds: readonly string[];
}

export interface MailboxPage {
  readonly rows: readonly MailboxRow[];
  readonly nextCursor: string | null;
}

export interface MailboxFound extends MailboxPage {
  /** What was looked for in the text, folded: without case and accents. */
  readonly words: readonly FoundWord[];
  /** As typed: looked like an operator, was not understood, and is searched as words. */
  readonly unclear: readonly string[];
  /** Mail received since then may not be found yet; null when all can be, and on later pages. */
  readonly missingSince: IsoInstant | null;
}

export interface FoundWord {
  readonly word: string;
  readonly isBeginning: boolean;
}

export const itemInput = z.object({ itemId: uuid });
export const setReadInput = z.object({
  itemIds: z.array(uuid).min(1).max(500),
  isRead: z.boolean(),
});
export const readAllInput = z.object({
  folder: mailboxFolder,
  /** `at` of the answer that is taken back; null: mark. */
  undoOf: z.iso.datetime().nullable(),
});
export interface ReadAllResult {
  readonly count: number;
  readonly at: IsoInstant;
}
export const setFlaggedInput = z.object({
  itemIds: z.array(uuid).min(1).max(500),
  isFlagged: z.boolean(),
});
export const moveInput = z.object({
  itemIds: z.array(uuid).min(1).max(500),
  folder: z.enum(['inbox', 'archive', 'deleted', 'junk']),
});

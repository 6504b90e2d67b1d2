import { z } from 'zod';
import { uuid, type IsoInstant } from '../words.ts';
import type { Party } from './people.ts';

export const MAILBOX_FOLDERS = ['inbox', 'sent', 'drafts', 'archive', 'deleted', 'junk'] as const;
export const mailboxFolder = z.enum(MAILBOX_FOLDERS);
export type MailboxFolder = z.infer<typeof mailboxFolder>;

export interface FolderView {
  readonly folder: MailboxFolder;
  readonly total: number;
  readonly unread: number;
}

export const mailboxPageInput = z.object({
  folder: mailboxFolder,
  limit: z.int().min(1).max(100).default(50),
  cursor: z.string().max(100).nullish(),
});

export const mailboxSearchInput = z.object({
  /** Words; all have to be there. `from:`, `to:`, `subject:` and `file:` look in one part. */
  query: z.string().max(200),
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
  /** Accepted since the event began. */
  readonly sinceEvent: boolean;
}

export interface MailboxPage {
  readonly rows: readonly MailboxRow[];
  readonly nextCursor: string | null;
}

export const itemInput = z.object({ itemId: uuid });
export const setReadInput = z.object({
  itemIds: z.array(uuid).min(1).max(500),
  isRead: z.boolean(),
});
export const setFlaggedInput = z.object({
  itemIds: z.array(uuid).min(1).max(500),
  isFlagged: z.boolean(),
});
export const moveInput = z.object({
  itemIds: z.array(uuid).min(1).max(500),
  folder: z.enum(['inbox', 'archive', 'deleted', 'junk']),
});

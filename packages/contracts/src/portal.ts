import { z } from 'zod';
import { address, newPassword, uuid, type IsoInstant } from './words.ts';

export const MAILBOX_FOLDERS = ['inbox', 'sent', 'drafts', 'archive', 'deleted', 'junk'] as const;
export const mailboxFolder = z.enum(MAILBOX_FOLDERS);
export type MailboxFolder = z.infer<typeof mailboxFolder>;

/** Largest message that can be written here, attachments included. Unit: bytes. Exchange Online's default is 35 MB in transfer encoding. */
export const MAX_SUBMISSION_BYTES = 25 * 1024 * 1024;
export const MAX_SUBMISSION_RECIPIENTS = 100;
export const MAX_ATTACHMENTS = 25;

export const portalSignInInput = z.object({ login: address, password: z.string().min(1).max(256) });
export const choosePasswordInput = z.object({ password: newPassword });

export interface PortalState {
  readonly user: { readonly name: string; readonly address: string } | null;
  readonly organisation: string | null;
  readonly mustChoosePassword: boolean;
  readonly access: 'open' | 'read-only' | 'closed';
  readonly event: {
    readonly phase: 'active' | 'recovering';
    readonly since: IsoInstant;
    readonly endedAt: IsoInstant | null;
    readonly readOnlyUntil: IsoInstant | null;
  } | null;
  /** How much of the mailbox at Office 365 is here: sent mail and mail between colleagues from before the event. */
  readonly copy: 'whole' | 'partly' | 'none';
  /** Messages of one's own that cannot be put into Sent Items, and can be downloaded. */
  readonly leftSent: number;
  readonly demo: boolean;
}

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

export interface Party {
  readonly name: string;
  readonly address: string;
}

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

export interface MessageView extends MailboxRow {
  readonly cc: readonly Party[];
  readonly replyTo: readonly Party[];
  readonly sentAt: IsoInstant | null;
  readonly text: string;
  /** Sanitised on the server; the client sanitises again and shows it in a sandboxed frame. */
  readonly html: string | null;
  readonly hasRemoteContent: boolean;
  readonly parts: readonly {
    readonly index: number;
    readonly fileName: string;
    readonly contentType: string;
    readonly size: number;
    readonly contentId: string | null;
    readonly inline: boolean;
    readonly href: string;
  }[];
  /** In words: `The sender was verified`, `The sender could not be verified`. */
  readonly authentication: {
    readonly level: 'good' | 'attention' | 'problem' | 'unknown';
    readonly words: string;
  };
  /** Where it stands for sent mail: one line per recipient. */
  readonly deliveries: readonly {
    readonly recipient: string;
    readonly state: string;
    readonly words: string;
  }[];
}

export const sendInput = z.object({
  /** Made by the client; sending twice with the same key sends once. */
  key: uuid,
  to: z.array(address).min(1, 'Name at least one recipient.').max(MAX_SUBMISSION_RECIPIENTS),
  cc: z.array(address).max(MAX_SUBMISSION_RECIPIENTS).default([]),
  subject: z.string().max(998).default(''),
  text: z.string().max(1_000_000).default(''),
  /** The item that is answered or forwarded. */
  about: z
    .object({ itemId: uuid, mode: z.enum(['reply', 'forward']) })
    .nullable()
    .default(null),
  uploadIds: z.array(uuid).max(MAX_ATTACHMENTS).default([]),
});
export type SendInput = z.input<typeof sendInput>;

export interface SendResult {
  readonly messageId: string;
  /** Until then `mailbox.undoSend` takes it back; null: it has left, or leaves at once. */
  readonly undoUntil: IsoInstant | null;
}

export const undoSendInput = z.object({ key: uuid });

/** What was taken back, as it was written, to go on with. It needs a new key. */
export interface UndoneDraft {
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  readonly subject: string;
  readonly text: string;
  /** The message that it answers. What was forwarded with it is among the uploads. */
  readonly about: { readonly itemId: string; readonly mode: 'reply' } | null;
  readonly uploads: readonly UploadResult[];
}

export interface MeetingView {
  readonly id: string;
  readonly subject: string;
  readonly start: IsoInstant;
  readonly end: IsoInstant;
  readonly isAllDay: boolean;
  readonly isCancelled: boolean;
  readonly location: string;
  readonly joinUrl: string | null;
  readonly organizer: Party | null;
  readonly isPrivate: boolean;
  readonly notes: string;
}

export interface MeetingsView {
  /** When Office 365 was read; null: the calendar is not here. */
  readonly asOf: IsoInstant | null;
  readonly meetings: readonly MeetingView[];
}

export const peopleInput = z.object({
  query: z.string().max(100),
  limit: z.int().min(1).max(50).default(10),
});

/** Answer of `POST /uploads`. */
export interface UploadResult {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
}

import { z } from 'zod';
import { address, uuid, type IsoInstant } from '../words.ts';
import type { Party } from './people.ts';
import { MAX_RICH_TEXT } from './rich-text.ts';

/** Largest message that can be written here, attachments included. Unit: bytes. Exchange Online's default is 35 MB in transfer encoding. */
export const MAX_SUBMISSION_BYTES = 25 * 1024 * 1024;
export const MAX_SUBMISSION_RECIPIENTS = 100;
export const MAX_ATTACHMENTS = 25;
/** Longest text of a message. Unit: characters. */
export const MAX_TEXT = 1_000_000;
/** Files of one person that wait for their message, together. Unit: bytes. */
export const MAX_UPLOADED_BYTES = 200 * 1024 * 1024;
export const MAX_UPLOADED_FILES = 200;
/** A file goes up in pieces of this size: what a cut costs at most. Unit: bytes. */
export const UPLOAD_PIECE_BYTES = 256 * 1024;
/** How long a sent message can be taken back, for people to choose from. Unit: seconds. */
export const UNDO_CHOICES = [0, 5, 10, 20, 30] as const;
const LONGEST_UNDO = 60;
export const MAX_SIGNATURE = 2000;

/** A name that a browser gives itself, to be known again as the one that wrote last. */
export const deviceName = z.string().min(1).max(64);

export const sendInput = z.object({
  /** Made by the client; sending twice with the same key sends once. */
  key: uuid,
  to: z.array(address).max(MAX_SUBMISSION_RECIPIENTS),
  cc: z.array(address).max(MAX_SUBMISSION_RECIPIENTS).default([]),
  bcc: z.array(address).max(MAX_SUBMISSION_RECIPIENTS).default([]),
  /** Names of those in To and Cc, by address. */
  names: z.record(address, z.string().max(200)).default({}),
  subject: z.string().max(998).default(''),
  text: z.string().max(MAX_TEXT).default(''),
  /** Light rich text (`RICH_TEXT_TAGS`), from which the plain part is made. Null: `text` alone. */
  html: z.string().max(MAX_RICH_TEXT).nullable().default(null),
  /** The item that is answered or forwarded. */
  about: z
    .object({
      itemId: uuid,
      mode: z.enum(['reply', 'forward']),
      /** Of a forwarded message: the attachments that go along, by their index. Absent: all. */
      parts: z.array(z.int().min(0).max(10_000)).max(MAX_ATTACHMENTS).optional(),
      /** It goes along below `html` as it looks, put in by the server; then it is not part of `html`. */
      quote: z.boolean().optional(),
    })
    .nullable()
    .default(null),
  uploadIds: z.array(uuid).max(MAX_ATTACHMENTS).default([]),
  /** When Send was pressed: what was written during an event is taken for 14 days after its end. */
  writtenAt: z.iso.datetime().nullable().default(null),
  /** The drill that it was written in, null for none: such a message never leaves, whenever it comes. */
  drill: uuid.nullable().optional(),
  /** Whose message it is: on a device that is shared, somebody else may be signed in when it leaves. */
  as: address.nullable().default(null),
  /** The revision of the draft that this device saw last. */
  base: z.int().min(0).nullable().default(null),
  device: deviceName.nullable().default(null),
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
  readonly bcc: readonly Party[];
  readonly subject: string;
  readonly text: string;
  /** Without what it quotes; null: it was plain text. */
  readonly html: string | null;
  /** Below it stood the message that it answers or forwards, as it looks. */
  readonly isQuoting: boolean;
  /** The message that it answers. What was forwarded with it is among the uploads. */
  readonly about: { readonly itemId: string; readonly mode: 'reply' } | null;
  readonly uploads: readonly UploadResult[];
}

/** Body of `POST /uploads`. The id is made by the client: asking again begins nothing anew. */
export const beginUploadInput = z.object({
  id: uuid,
  name: z.string().max(1000),
  size: z.int().min(0),
  type: z.string().max(200).default(''),
});
export type BeginUploadInput = z.input<typeof beginUploadInput>;

/** Answer of `POST` and `PATCH` of an upload. */
export interface UploadState extends UploadResult {
  /** The next piece begins here. Unit: bytes. */
  readonly received: number;
}

export interface UploadResult {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
}

export const writingSettingsInput = z.object({
  undoSeconds: z.int().min(0).max(LONGEST_UNDO),
  signature: z.string().max(MAX_SIGNATURE),
  signatureUsed: z.boolean(),
});

export interface WritingSettingsView {
  readonly undoSeconds: number;
  readonly signature: string;
  readonly signatureUsed: boolean;
  /** Made from the directory, for those who have none. */
  readonly suggestion: string;
  /** Mail to these domains stays in the organisation. */
  readonly ownDomains: readonly string[];
}

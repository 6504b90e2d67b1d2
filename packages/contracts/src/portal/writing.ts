import { z } from 'zod';
import { address, uuid, type IsoInstant } from '../words.ts';
import type { Party } from './people.ts';

/** Largest message that can be written here, attachments included. Unit: bytes. Exchange Online's default is 35 MB in transfer encoding. */
export const MAX_SUBMISSION_BYTES = 25 * 1024 * 1024;
export const MAX_SUBMISSION_RECIPIENTS = 100;
export const MAX_ATTACHMENTS = 25;

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

/** Answer of `POST /uploads`. */
export interface UploadResult {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
}

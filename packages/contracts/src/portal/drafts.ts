import { z } from 'zod';
import { uuid, type IsoInstant } from '../words.ts';
import type { Party } from './people.ts';
import { MAX_RICH_TEXT } from './rich-text.ts';
import { deviceName, MAX_ATTACHMENTS, MAX_SUBMISSION_RECIPIENTS, MAX_TEXT } from './writing.ts';

/** What is typed is kept as it is typed: an address may be half of one. */
const typedParty = z.object({ name: z.string().max(320), address: z.string().max(320) });
const typedParties = z.array(typedParty).max(MAX_SUBMISSION_RECIPIENTS);

export const draftContent = z.object({
  to: typedParties,
  cc: typedParties,
  bcc: typedParties,
  subject: z.string().max(998),
  text: z.string().max(MAX_TEXT),
  /** Light rich text that says the same; absent or null: plain text only. */
  html: z.string().max(MAX_RICH_TEXT).nullish(),
  about: z
    .object({
      itemId: uuid,
      mode: z.enum(['reply', 'forward']),
      /** Attachments of the forwarded message that go along, by their index. */
      parts: z.array(z.int().min(0).max(10_000)).max(MAX_ATTACHMENTS),
      /** The message goes along below `html` as it looks. */
      quote: z.boolean().optional(),
    })
    .nullable(),
  uploadIds: z.array(uuid).max(MAX_ATTACHMENTS),
});
export type DraftContentInput = z.infer<typeof draftContent>;

export const saveDraftInput = z.object({
  id: uuid,
  /** The revision that this device saw last; 0: none. */
  base: z.int().min(0),
  device: deviceName,
  writtenAt: z.iso.datetime(),
  content: draftContent,
});
export type SaveDraftInput = z.input<typeof saveDraftInput>;

export const draftInput = z.object({ id: uuid });
export const discardDraftInput = z.object({ id: uuid, base: z.int().min(0), device: deviceName });

/** Why there are two: the draft was written at, or sent, on another device meanwhile. */
export type DraftBranch = 'written-elsewhere' | 'sent-elsewhere';

export type SaveDraftResult =
  /** Kept under this id; another than the one asked for when it became a draft of its own. */
  | {
      readonly kind: 'saved';
      readonly id: string;
      readonly revision: number;
      readonly because: DraftBranch | null;
    }
  /** It was sent or discarded on another device, and nothing was written since. */
  | { readonly kind: 'sent' | 'discarded' };

export interface RestoredDraft {
  readonly revision: number;
  /** False: it was open, and another device may have written it since. */
  readonly wasDiscarded: boolean;
}

export interface DraftRow {
  readonly id: string;
  readonly revision: number;
  readonly to: readonly Party[];
  readonly subject: string;
  readonly preview: string;
  readonly attachments: number;
  readonly because: DraftBranch | null;
  readonly writtenAt: IsoInstant;
}

export interface DraftView extends DraftRow {
  readonly content: DraftContentInput;
  /** Of the attachments that are here or on their way. Unit: bytes. */
  readonly uploads: readonly {
    readonly id: string;
    readonly fileName: string;
    readonly contentType: string;
    readonly size: number;
    readonly received: number;
  }[];
}

/** `changed`: another device wrote at it since; it stays. */
export interface DiscardResult {
  readonly kind: 'discarded' | 'changed';
}

import type { DraftBranch, DraftView, Party, SaveDraftInput } from '@holdfast/contracts';
import { MAX_RICH_TEXT } from '@holdfast/contracts/rich-text';

/** A file of a draft; `isHere`: all of it is on the server. */
export interface DraftFile {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
  readonly isHere: boolean;
}

/** An attachment of the forwarded message, which the server puts in. */
interface CarriedPart {
  readonly index: number;
  readonly fileName: string;
  readonly size: number;
}

/** A message being written. It lives on this device and on the server until it is sent. */
export interface Draft {
  /** Also the idempotency key: made once, so that a message sent twice goes out once. */
  readonly key: string;
  readonly savedAt: string;
  /** Something was typed; an untouched draft goes when it is closed. */
  readonly isTouched: boolean;
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  readonly bcc: readonly Party[];
  readonly subject: string;
  /** All of it as plain text, with what is quoted below. */
  readonly text: string;
  /** The same with formatting; absent or null: plain text only. */
  readonly html?: string | null | undefined;
  readonly about: {
    readonly itemId: string;
    readonly mode: 'reply' | 'forward';
    readonly parts: readonly number[];
    /** The server puts it below `html`, as it looks. */
    readonly quote?: boolean | undefined;
  } | null;
  readonly uploads: readonly DraftFile[];
  /** What of the forwarded message can be taken along; `about.parts` says what is. */
  readonly carried: readonly CarriedPart[];
  /** The revision on the server that this one goes on from; 0: none yet. */
  readonly base: number;
  /** The server has not seen it as it is. */
  readonly isDirty: boolean;
  /** Thrown away here, and the server was not told yet. */
  readonly isDiscarded: boolean;
  /** Was thrown away and is wanted again: the server hears of that before it is saved, or it would be over there. */
  readonly isWantedBack?: boolean | undefined;
  /** Why there is another one like it. */
  readonly because: DraftBranch | null;
  /** The key of that other one, which this was before. */
  readonly branchedFrom?: string | undefined;
  /** Why the server did not take it, in words; it came back from the outbox. */
  readonly refused?: string | undefined;
}

export type DraftContent = Pick<
  Draft,
  'to' | 'cc' | 'bcc' | 'subject' | 'text' | 'html' | 'about' | 'carried'
>;

/** Random, version 4. `crypto.randomUUID` is absent on plain HTTP, where a trial installation may run. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function newDraft(content: DraftContent): Draft {
  return {
    ...content,
    key: newKey(),
    savedAt: new Date().toISOString(),
    isTouched: false,
    uploads: [],
    base: 0,
    isDirty: true,
    isDiscarded: false,
    because: null,
  };
}

/** What was typed: an edit that the server has to see. */
export function edited(draft: Draft, part: Partial<Draft>, at: string): Draft {
  return {
    ...draft,
    ...part,
    isTouched: true,
    isDirty: true,
    refused: undefined,
    savedAt: at,
  };
}

/** The server has all of it, or there is nothing. */
export function isSafe({ base, isDirty, isTouched, isDiscarded, uploads }: Draft): boolean {
  if (!isTouched) return true;
  return base > 0 && !isDirty && !isDiscarded && uploads.every(({ isHere }) => isHere);
}

export function toSaveInput(draft: Draft, device: string): SaveDraftInput {
  const parties = (list: readonly Party[]) =>
    list.map(({ name, address }) => ({ name: name.slice(0, 320), address: address.slice(0, 320) }));
  const { about } = draft;
  return {
    id: draft.key,
    base: draft.base,
    device,
    writtenAt: draft.savedAt,
    content: {
      to: parties(draft.to),
      cc: parties(draft.cc),
      bcc: parties(draft.bcc),
      subject: draft.subject,
      text: draft.text,
      // Too long for the server: its words are saved there, its formatting stays here.
      html: (draft.html ?? '').length > MAX_RICH_TEXT ? null : (draft.html ?? null),
      about: about === null ? null : { ...about, parts: [...about.parts] },
      uploadIds: draft.uploads.map(({ id }) => id),
    },
  };
}

/** From another device. What it does not tell, such as the parts that were not chosen, stays as it is known here. */
export function fromServer(view: DraftView, known: Draft | null): Draft {
  const { content } = view;
  return {
    key: view.id,
    savedAt: view.writtenAt,
    isTouched: true,
    to: content.to,
    cc: content.cc,
    bcc: content.bcc,
    subject: content.subject,
    text: content.text,
    html: content.html ?? null,
    about: content.about,
    uploads: view.uploads.map(({ id, fileName, size, received }) => ({
      id,
      fileName,
      size,
      isHere: received === size,
    })),
    carried: known?.carried ?? [],
    base: view.revision,
    isDirty: false,
    isDiscarded: false,
    because: view.because,
    branchedFrom: known?.branchedFrom,
  };
}

/** Stored by a page of this product, perhaps of a version before this one. */
export function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'key' in value &&
    'text' in value &&
    'base' in value &&
    'to' in value &&
    Array.isArray(value.to)
  );
}

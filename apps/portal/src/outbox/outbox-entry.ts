import type { SendInput } from '@holdfast/contracts';
import type { Draft } from '../drafts/draft.ts';
import type { Consequence } from './consequence.ts';

/** What is done to messages that are there. Each sets a state, so that doing it twice changes nothing. */
export type Change =
  | {
      readonly kind: 'read';
      readonly input: { readonly itemIds: readonly string[]; readonly isRead: boolean };
    }
  | {
      readonly kind: 'flagged';
      readonly input: { readonly itemIds: readonly string[]; readonly isFlagged: boolean };
    }
  | {
      readonly kind: 'move';
      readonly input: {
        readonly itemIds: readonly string[];
        readonly folder: 'inbox' | 'archive' | 'deleted' | 'junk';
      };
    };

interface Queued {
  /** Of a message: its idempotency key, too. */
  readonly key: string;
  readonly queuedAt: number;
  /** Requests that have left this device. Only with none is it certain that the server never saw it. */
  readonly attempts: number;
  /** No try before, unless something says that the connection is back. */
  readonly notBefore: number;
  /** What stands in the way, as far as the last try told. */
  readonly trouble: Trouble | null;
}

/** `files`: they are on their way to the server. */
export type Trouble = 'network' | 'server' | 'sign-in' | 'update' | 'other-user' | 'files';

export interface QueuedMessage extends Queued {
  readonly kind: 'message';
  readonly input: SendInput;
  /** What was written, as the composer keeps it: it goes back there when the message is refused or taken back. */
  readonly draft: Draft;
  /** Its author wants it back, and only the server can tell. */
  readonly isWantedBack: boolean;
  /** Of the draft that it becomes when its own key is used up. Made beforehand, so that a crash makes no second one. */
  readonly spareKey: string;
  readonly state: MessageState;
}

export type MessageState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sent'; readonly at: number; readonly undoUntil: number | null }
  /** On its way to the drafts; done again after a crash until it is there. */
  | { readonly kind: 'returning'; readonly reason: string | null; readonly draftKey: string }
  /** Cannot be sent from here any more. Stays as a text to copy. */
  | { readonly kind: 'over'; readonly reason: string };

export interface QueuedChange extends Queued {
  readonly kind: 'change';
  readonly change: Change;
}

export type OutboxEntry = QueuedMessage | QueuedChange;

export type Answer =
  | { readonly kind: 'accepted'; readonly undoUntil: number | null }
  | { readonly kind: 'failed'; readonly consequence: Consequence; readonly message: string };

/** First pause after a failed try, and the longest. Unit: ms. */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;
/** The end of an upload is heard of in the page that did it; for all others they are looked at. Unit: ms. */
const FILES_PAUSE = 20_000;
/** A message is taken in a moment after it is sent; until then it cannot be taken back. Unit: ms. */
const UNDO_PAUSE = 800;

export function newMessage(
  input: SendInput,
  draft: Draft,
  spareKey: string,
  now: number,
): QueuedMessage {
  return {
    kind: 'message',
    input,
    draft,
    isWantedBack: false,
    spareKey,
    state: { kind: 'waiting' },
    ...fresh(input.key, now),
  };
}

export function newChange(change: Change, key: string, now: number): QueuedChange {
  return { kind: 'change', change, ...fresh(key, now) };
}

function fresh(key: string, now: number): Queued {
  return { key, queuedAt: now, attempts: 0, notBefore: 0, trouble: null };
}

/** There is something to ask the server for. */
export function isOpen(entry: OutboxEntry): boolean {
  return entry.kind === 'change' || entry.state.kind === 'waiting' || isBeingUndone(entry);
}

function isBeingUndone(entry: OutboxEntry): boolean {
  return entry.kind === 'message' && entry.state.kind === 'sent' && entry.isWantedBack;
}

/** Written down before the request leaves: after a crash it is known that it may have arrived. */
export function attempted<T extends OutboxEntry>(entry: T): T {
  return { ...entry, attempts: entry.attempts + 1 };
}

/** `random`: 0 to 1, so that a thousand phones do not come back in the same second. */
export function failedTry<T extends OutboxEntry>(
  entry: T,
  trouble: Trouble,
  now: number,
  random: number,
): T {
  const backOff = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, entry.attempts - 1));
  const pause = isBeingUndone(entry) && trouble === 'server' ? UNDO_PAUSE : backOff;
  return { ...entry, trouble, notBefore: now + Math.round(pause * (0.5 + random / 2)) };
}

/** What a message is after an answer of `mailbox.send`. */
export function afterSend(
  entry: QueuedMessage,
  answer: Answer,
  now: number,
  random: number,
): QueuedMessage {
  if (answer.kind === 'accepted') {
    const { undoUntil } = answer;
    return { ...entry, trouble: null, notBefore: 0, state: { kind: 'sent', at: now, undoUntil } };
  }
  switch (answer.consequence) {
    case 'network':
    case 'server':
    case 'sign-in':
    case 'update':
    case 'other-user':
      return failedTry(entry, answer.consequence, now, random);
    case 'over':
      return { ...entry, trouble: null, state: { kind: 'over', reason: answer.message } };
    // Taken back at another time of asking: what was written is wanted back, without a reproach.
    case 'taken-back':
      return returning(entry, null, entry.spareKey);
    case 'elsewhere':
      return returning(entry, answer.message, entry.spareKey);
    case 'refused':
    case 'too-late':
      return returning(entry, answer.message, entry.key);
  }
}

/** Its files go up behind it; nothing of it has left. */
export function hasFilesUnderWay(entry: QueuedMessage): boolean {
  return entry.state.kind === 'waiting' && entry.draft.uploads.some(({ isHere }) => !isHere);
}

/** After a look at files that were under way. One that will never be there brings the message back to its author. */
export function withFiles(
  entry: QueuedMessage,
  { uploads, failure }: { readonly uploads: Draft['uploads']; readonly failure: string | null },
  now: number,
): QueuedMessage {
  const seen = { ...entry, draft: { ...entry.draft, uploads } };
  if (failure !== null) return returning(seen, failure, entry.key);
  return uploads.every(({ isHere }) => isHere)
    ? { ...seen, trouble: null, notBefore: 0 }
    : { ...seen, trouble: 'files', notBefore: now + FILES_PAUSE };
}

function returning(entry: QueuedMessage, reason: string | null, draftKey: string): QueuedMessage {
  return { ...entry, trouble: null, state: { kind: 'returning', reason, draftKey } };
}

/**
 * Taken back by its author. What never left goes to the drafts at once; of anything else only the server knows, so it is
 * sent to the end and taken back there. That is the one way in which it can neither be lost nor be sent beside its
 * changed copy.
 */
export function wantedBack(entry: QueuedMessage): QueuedMessage {
  if (entry.state.kind === 'waiting' && entry.attempts === 0)
    return returning(entry, null, entry.key);
  if (entry.state.kind === 'waiting' || entry.state.kind === 'sent')
    return { ...entry, isWantedBack: true, notBefore: 0 };
  return entry;
}

/** A sent message is kept as long as it can be taken back, and a moment longer so that a page that looks can tell. */
const KEPT_AFTER_UNDO = 5_000;
/** Whatever a phone's clock says, the offer to undo stands no longer than the server could mean. Unit: ms. */
const LONGEST_OFFER = 60_000;

export function undoOfferEnds(state: Extract<MessageState, { kind: 'sent' }>): number {
  return Math.min(state.undoUntil ?? 0, state.at + LONGEST_OFFER);
}

/** When something is to be done about it next: a try, or its end. Null: it waits for its author. */
export function dueAt(entry: OutboxEntry, now: number): number | null {
  // Later than any pause: the clock has been set back since.
  if (isOpen(entry)) return entry.notBefore > now + LONGEST_PAUSE ? now : entry.notBefore;
  if (entry.kind === 'change' || entry.state.kind !== 'sent') return null;
  return Math.max(undoOfferEnds(entry.state), entry.state.at) + KEPT_AFTER_UNDO;
}

export function isFinished(entry: OutboxEntry, now: number): boolean {
  const due = dueAt(entry, now);
  return due !== null && !isOpen(entry) && due <= now;
}

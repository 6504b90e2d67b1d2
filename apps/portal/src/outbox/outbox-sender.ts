import type { SendInput } from '@holdfast/contracts';
import type { Draft } from '../drafts/draft.ts';
import type { FilesNow } from '../drafts/upload-store.ts';
import {
  afterSend,
  attempted,
  dueAt,
  failedTry,
  hasFilesUnderWay,
  isFinished,
  isOpen,
  undoOfferEnds,
  withFiles,
  type Answer,
  type Change,
  type OutboxEntry,
  type QueuedChange,
  type QueuedMessage,
  type Trouble,
} from './outbox-entry.ts';
import type { OutboxStore } from './outbox-store.ts';

export type UndoAnswer =
  | {
      readonly kind: 'undone';
      /** Of what came back, and of what this device knows of it. */
      readonly draft: (key: string, known: Draft) => Draft;
    }
  | Extract<Answer, { kind: 'failed' }>;

/** What its author should hear of a message, wherever they are in the mailbox by now. */
export type News =
  | { readonly kind: 'sent'; readonly key: string; readonly undoUntil: number | null }
  | { readonly kind: 'waits'; readonly key: string; readonly trouble: Trouble }
  | {
      readonly kind: 'returned';
      readonly key: string;
      readonly draftKey: string;
      readonly reason: string | null;
    }
  | { readonly kind: 'left'; readonly key: string }
  | { readonly kind: 'over'; readonly key: string; readonly reason: string }
  | { readonly kind: 'not-done'; readonly change: Change['kind']; readonly reason: string };

export interface SenderPorts {
  readonly store: OutboxStore;
  readonly send: (user: string, input: SendInput) => Promise<Answer>;
  readonly change: (user: string, change: Change) => Promise<Answer>;
  readonly undo: (user: string, key: string) => Promise<UndoAnswer>;
  readonly files: (user: string, uploads: Draft['uploads']) => Promise<FilesNow>;
  /** What waits here is no draft any more; a crash may have left both. */
  readonly dropDraft: (user: string, key: string) => Promise<void>;
  /** Keeps a draft unless one with its key is there: that one may have been written on since. */
  readonly keepDraft: (user: string, draft: Draft) => Promise<void>;
  readonly tell: (news: News) => void;
  readonly now: () => number;
  readonly random: () => number;
}

/** One after the other, the oldest first, until nothing is due. Only ever run by one tab at a time. */
export async function flush(ports: SenderPorts, user: string, isUrgent: boolean): Promise<void> {
  await settle(ports, user);
  for (const entry of await ports.store.list(user)) {
    const due = isOpen(entry) ? dueAt(entry, ports.now()) : null;
    if (due === null || (!isUrgent && due > ports.now())) continue;
    // Those behind it need not wait for its files.
    if (entry.kind === 'message' && !(await hasItsFiles(ports, user, entry))) continue;
    const trouble = await attempt(ports, user, entry.key);
    // What stands in the way of this one stands in the way of the others, and their order stays.
    if (trouble !== null && trouble !== 'server') break;
  }
  await settle(ports, user);
}

async function hasItsFiles(
  ports: SenderPorts,
  user: string,
  entry: QueuedMessage,
): Promise<boolean> {
  if (!hasFilesUnderWay(entry)) return true;
  const files = await ports.files(user, entry.draft.uploads);
  const now = await ports.store.update(user, entry.key, (kept) =>
    kept.kind === 'message' && kept.state.kind === 'waiting'
      ? withFiles(kept, files, ports.now())
      : kept,
  );
  return now?.kind === 'message' && now.state.kind === 'waiting' && !hasFilesUnderWay(now);
}

/** When something is due next, or null. */
export function nextDue(entries: readonly OutboxEntry[], now: number): number | null {
  const due = entries.flatMap((entry) => dueAt(entry, now) ?? []);
  return due.length === 0 ? null : Math.min(...due);
}

async function attempt(
  { store, ...ports }: SenderPorts,
  user: string,
  key: string,
): Promise<Trouble | null> {
  // Somebody may have taken it back since the list was read: then there is nothing to try.
  const claimed = await store.update(user, key, (entry) =>
    isOpen(entry) ? attempted(entry) : entry,
  );
  if (claimed === null || !isOpen(claimed)) return null;
  if (claimed.kind === 'change') return tryChange({ store, ...ports }, user, claimed);
  if (claimed.state.kind === 'sent') return tryUndo({ store, ...ports }, user, claimed);
  const answer = await ports.send(user, claimed.input);
  const after = await store.update(user, key, (entry) =>
    entry.kind === 'message' && entry.state.kind === 'waiting'
      ? afterSend(entry, answer, ports.now(), ports.random())
      : entry,
  );
  if (after?.kind === 'message') tellOf(ports.tell, after);
  if (after?.kind !== 'message' || after.state.kind !== 'sent' || !after.isWantedBack)
    return after?.trouble ?? null;
  return tryUndo({ store, ...ports }, user, after);
}

function tellOf(tell: SenderPorts['tell'], { key, ...entry }: QueuedMessage): void {
  switch (entry.state.kind) {
    case 'waiting':
      // Said once, not with every try.
      if (entry.trouble !== null && entry.attempts === 1)
        tell({ kind: 'waits', key, trouble: entry.trouble });
      return;
    case 'sent':
      if (!entry.isWantedBack)
        tell({
          kind: 'sent',
          key,
          undoUntil: entry.state.undoUntil === null ? null : undoOfferEnds(entry.state),
        });
      return;
    case 'over':
      tell({ kind: 'over', key, reason: entry.state.reason });
      return;
    case 'returning':
      return;
  }
}

async function tryChange(
  ports: SenderPorts,
  user: string,
  entry: QueuedChange,
): Promise<Trouble | null> {
  const answer = await ports.change(user, entry.change);
  const trouble = answer.kind === 'accepted' ? null : troubleOf(answer);
  await ports.store.update(user, entry.key, (kept) =>
    trouble === null ? null : failedTry(kept, trouble, ports.now(), ports.random()),
  );
  // Shown as done since it was asked for: the message is gone, or the event over.
  if (answer.kind === 'failed' && trouble === null)
    ports.tell({ kind: 'not-done', change: entry.change.kind, reason: answer.message });
  return trouble;
}

function troubleOf({ consequence }: Extract<Answer, { kind: 'failed' }>): Trouble | null {
  switch (consequence) {
    case 'network':
    case 'server':
    case 'sign-in':
    case 'update':
    case 'other-user':
      return consequence;
    case 'over':
    case 'taken-back':
    case 'elsewhere':
    case 'too-late':
    case 'refused':
      return null;
  }
}

/** A message that the server has not found by then is one that has left. */
const UNDO_TRIES = 40;

async function tryUndo(
  ports: SenderPorts,
  user: string,
  entry: QueuedMessage,
): Promise<Trouble | null> {
  const answer = await ports.undo(user, entry.key);
  if (answer.kind === 'undone') {
    await ports.keepDraft(user, answer.draft(entry.spareKey, entry.draft));
    await ports.store.update(user, entry.key, () => null);
    ports.tell({ kind: 'returned', key: entry.key, draftKey: entry.spareKey, reason: null });
    return null;
  }
  const last = troubleOf(answer);
  const trouble = last === 'server' && entry.attempts > UNDO_TRIES ? null : last;
  await ports.store.update(user, entry.key, (kept) =>
    trouble !== null
      ? failedTry(kept, trouble, ports.now(), ports.random())
      : kept.kind === 'message'
        ? { ...kept, isWantedBack: false, trouble: null }
        : kept,
  );
  if (trouble === null) ports.tell({ kind: 'left', key: entry.key });
  return trouble;
}

/** Ends what was decided: into the drafts first, then out of here, so that a crash between leaves both and loses none. */
async function settle(ports: SenderPorts, user: string): Promise<void> {
  for (const entry of await ports.store.list(user)) {
    if (entry.kind === 'message' && entry.state.kind === 'waiting') {
      await ports.dropDraft(user, entry.key);
    } else if (entry.kind === 'message' && entry.state.kind === 'returning') {
      const { reason, draftKey } = entry.state;
      const { uploads } = await ports.files(user, entry.draft.uploads);
      const draft = { ...entry.draft, uploads, key: draftKey };
      await ports.keepDraft(user, reason === null ? draft : { ...draft, refused: reason });
      await ports.store.update(user, entry.key, () => null);
      ports.tell({ kind: 'returned', key: entry.key, draftKey, reason });
    } else if (isFinished(entry, ports.now())) {
      await ports.store.update(user, entry.key, () => null);
    }
  }
}

import { portal, problemOf } from '../api.ts';
import { draftsLoaded, loadDraft, removeDraft, saveDraft } from '../drafts/draft-store.ts';
import { consequenceOf } from './consequence.ts';
import { publishNews } from './outbox-news.ts';
import type { Answer, Change } from './outbox-entry.ts';
import type { SenderPorts } from './outbox-sender.ts';
import { outboxStore } from './outbox-store.ts';
import { undoneDraft } from './undone-draft.ts';

/** On a weak network an answer may take long; one that takes longer counts as lost, and the message is sent again. Unit: ms. */
const ANSWER_WITHIN = 45_000;

function patience(): { readonly signal: AbortSignal } {
  return { signal: AbortSignal.timeout(ANSWER_WITHIN) };
}

function failed(error: unknown): Extract<Answer, { kind: 'failed' }> {
  const { code, message } = problemOf(error);
  return { kind: 'failed', consequence: consequenceOf(code), message };
}

async function doChange(change: Change): Promise<unknown> {
  switch (change.kind) {
    case 'read':
      return portal.mailbox.setRead.mutate(copy(change.input), patience());
    case 'flagged':
      return portal.mailbox.setFlagged.mutate(copy(change.input), patience());
    case 'move':
      return portal.mailbox.move.mutate(copy(change.input), patience());
  }
}

function copy<T extends { readonly itemIds: readonly string[] }>(input: T) {
  return { ...input, itemIds: [...input.itemIds] };
}

/** The sender of this browser: the portal's API, the drafts beside it, the clock on the wall. */
export const senderPorts: SenderPorts = {
  store: outboxStore,
  tell: publishNews,
  now: () => Date.now(),
  random: () => Math.random(),
  async send(_user, input) {
    try {
      const { undoUntil } = await portal.mailbox.send.mutate(input, patience());
      return { kind: 'accepted', undoUntil: undoUntil === null ? null : Date.parse(undoUntil) };
    } catch (error) {
      return failed(error);
    }
  },
  async change(_user, change) {
    try {
      await doChange(change);
      return { kind: 'accepted', undoUntil: null };
    } catch (error) {
      return failed(error);
    }
  },
  async undo(_user, key) {
    try {
      const back = await portal.mailbox.undoSend.mutate({ key }, patience());
      return { kind: 'undone', draft: (backKey, known) => undoneDraft(back, known, backKey) };
    } catch (error) {
      return failed(error);
    }
  },
  async files(user, uploads) {
    if (uploads.every(({ isHere }) => isHere)) return { uploads, failure: null };
    // There already where something goes up; most messages have no file on its way.
    const { lookAtFiles } = await import('../drafts/upload-store.ts');
    return lookAtFiles(user, uploads);
  },
  async keepDraft(user, draft) {
    await draftsLoaded(user);
    const there = loadDraft(user, draft.key);
    // Written on since: only the reason is added.
    const kept = there === null ? draft : { ...there, refused: draft.refused };
    await saveDraft(user, { ...kept, isTouched: true, isDirty: true });
  },
  async dropDraft(user, key) {
    await draftsLoaded(user);
    if (loadDraft(user, key) !== null) await removeDraft(user, key);
  },
};

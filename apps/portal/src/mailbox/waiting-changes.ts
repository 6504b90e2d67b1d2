import type { Change } from '../outbox/outbox-entry.ts';

/**
 * What is shown as done and the server may not have heard of. Small and by itself: the list needs it on the first page,
 * the outbox that it comes from is loaded behind it.
 */
let asked: readonly Change[] = [];
let queued: readonly Change[] = [];
/** Grows whenever something is shown as done, or the server has heard of it. */
let version = 0;

/** One that was under way while something was done may say what was before: it is asked for again. */
export async function knowingAll<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    const before = version;
    const answer = await ask();
    if (before === version) return answer;
  }
}

export function noteChange(): void {
  version += 1;
}

/** Shown from now on; until it is in the outbox, which goes on with it. Returns how to say so. */
export function expectChanges(changes: readonly Change[]): () => void {
  version += 1;
  asked = [...asked, ...changes];
  return () => {
    version += 1;
    asked = asked.filter((change) => !changes.includes(change));
  };
}

/** What is in the outbox now. */
export function setQueuedChanges(changes: readonly Change[]): void {
  if (changes.length === 0 && queued.length === 0) return;
  version += 1;
  queued = changes;
}

/** In the order in which they were asked for. */
export function waitingChanges(): readonly Change[] {
  return [...queued, ...asked];
}

import { useSyncExternalStore } from 'react';

/** What the first page needs to know of the outbox, which itself is loaded after it. */
export interface OutboxSummary {
  readonly waiting: number;
  /** Cannot be sent from here any more. */
  readonly over: number;
}

const NOTHING: OutboxSummary = { waiting: 0, over: 0 };
let current = NOTHING;
const listeners = new Set<() => void>();

export function publishSummary(next: OutboxSummary): void {
  if (next.waiting === current.waiting && next.over === current.over) return;
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useOutboxSummary(): OutboxSummary {
  return useSyncExternalStore(subscribe, () => current);
}

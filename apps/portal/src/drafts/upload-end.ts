/** By itself: the outbox hears of it and does without the rest of what uploads. */
const listeners = new Set<(user: string) => void>();

/** A file is through, or will never be: what waits for it can go on. */
export function onUploadEnd(listener: (user: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellUploadEnd(user: string): void {
  for (const listener of listeners) listener(user);
}

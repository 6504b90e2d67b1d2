import { useSyncExternalStore } from 'react';
import { openDatabase, type Database } from './open-database.ts';

/** Why this device did not keep what was written last; null: it did. */
export type StorageTrouble =
  /** Private windows, blocked storage. */
  | 'refused'
  /** No room, though copies of mail have made way. */
  | 'full';

let trouble: StorageTrouble | null = null;
let isShort = false;
const listeners = new Set<() => void>();

function show(now: StorageTrouble | null): void {
  if (now === trouble) return;
  trouble = now;
  for (const listener of listeners) listener();
}

/** What is known of it without trying. */
export function storageTrouble(): StorageTrouble | null {
  return trouble;
}

export function useStorageTrouble(): StorageTrouble | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => trouble,
  );
}

/** Room was short since the page opened: what the server has as well is not worth it. */
export function isRoomShort(): boolean {
  return isShort;
}

/** Names by which browsers say that there is no room: by the request, by the transaction's end, and Safari with a full disk. */
const FULL: ReadonlySet<string> = new Set(['QuotaExceededError', 'AbortError', 'UnknownError']);

/**
 * Writes what must not be lost. Without room, the copies of mail make way, which the server has as well, and it is tried
 * once more; so it is after a connection that ended under our hands (iOS, in the background). False: it is not on the disk,
 * and the caller keeps it in the page. `write` may run twice.
 */
export async function keepOnDisk(
  write: (database: Database) => Promise<unknown>,
): Promise<boolean> {
  const first = await attempt(write);
  const last = first === null || first === 'refused' ? first : await again(write, first);
  show(last === 'refused' || last === 'full' || last === null ? last : 'refused');
  return last === null;
}

/** `ended`: by something that may be over with the next try. */
type Outcome = StorageTrouble | 'ended' | null;

async function attempt(write: (database: Database) => Promise<unknown>): Promise<Outcome> {
  const database = await openDatabase();
  if (database === null) return 'refused';
  try {
    await write(database);
    return null;
  } catch (error) {
    const isFull = error instanceof DOMException && FULL.has(error.name);
    return isFull ? 'full' : 'ended';
  }
}

async function again(
  write: (database: Database) => Promise<unknown>,
  first: 'full' | 'ended',
): Promise<Outcome> {
  if (first === 'full') {
    isShort = true;
    try {
      await (await openDatabase())?.clear('mail');
    } catch {
      // Then there is no more room than before.
    }
  }
  return attempt(write);
}

import type { DBSchema, IDBPDatabase } from 'idb';

/**
 * Everything the portal keeps on a device, in one place. Each record belongs to one user (address in lower case), so
 * that two people who share a device never see each other's.
 */
interface Stored {
  readonly user: string;
  readonly key: string;
}

export interface StoredDraft extends Stored {
  readonly savedAt: string;
  /** What the composer makes of it. */
  readonly draft: unknown;
}

export interface StoredFile extends Stored {
  /** The draft that it is attached to. */
  readonly draftKey: string;
  readonly fileName: string;
  readonly file: Blob;
}

export interface StoredOutboxEntry extends Stored {
  readonly queuedAt: number;
  readonly entry: unknown;
}

export interface StoredMail extends Stored {
  /** Unit: bytes, about. */
  readonly size: number;
  /** When it was last shown; the longest unused goes first. */
  readonly usedAt: number;
  /** When the server said so. */
  readonly asOf: number;
  readonly value: unknown;
}

export interface StoredSetting extends Stored {
  readonly value: unknown;
}

export interface HoldfastSchema extends DBSchema {
  drafts: { key: [string, string]; value: StoredDraft };
  /** Files attached to a draft, kept until they are uploaded. */
  files: { key: [string, string]; value: StoredFile };
  outbox: { key: [string, string]; value: StoredOutboxEntry };
  /** Copies of lists and messages, on a device of one's own. */
  mail: { key: [string, string]; value: StoredMail };
  settings: { key: [string, string]; value: StoredSetting };
}

export type StoreName = 'drafts' | 'files' | 'outbox' | 'mail' | 'settings';
export type Database = IDBPDatabase<HoldfastSchema>;

const NAME = 'holdfast';
/** Grows with each change of the stores; the change itself goes into `upgrade`. */
const VERSION = 1;
/** A browser that neither opens nor refuses (seen on Safari after an update of the system) counts as refusing. Unit: ms. */
const OPEN_WITHIN = 4_000;

let opening: Promise<Database | null> | null = null;

/**
 * Null where the browser keeps nothing (private windows, blocked storage): the caller works from memory. Tried again at
 * the next call. What must not be lost is written by `keep-on-disk.ts`.
 */
export function openDatabase(): Promise<Database | null> {
  opening ??= open().then((database) => {
    if (database === null) opening = null;
    return database;
  });
  return opening;
}

async function open(): Promise<Database | null> {
  try {
    return await within(connect(VERSION), OPEN_WITHIN);
  } catch (error) {
    // A newer version of the page has been here, and this one was kept from before: stores are added, never changed.
    const isOlder = error instanceof DOMException && error.name === 'VersionError';
    return isOlder ? within(connect(undefined), OPEN_WITHIN).catch(() => null) : null;
  }
}

async function connect(version: number | undefined): Promise<Database> {
  const { openDB } = await import('idb');
  return openDB<HoldfastSchema>(NAME, version, {
    upgrade(changing, from) {
      if (from < 1)
        for (const store of ['drafts', 'files', 'outbox', 'mail', 'settings'] as const)
          changing.createObjectStore(store, { keyPath: ['user', 'key'] });
    },
    // A newer version in another tab waits for this one to let go.
    blocking: (_from, _to, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
      opening = null;
    },
    // iOS ends the connection of pages in the background; the next call opens it again.
    terminated: () => {
      opening = null;
    },
  });
}

function within<T>(promise: Promise<T>, limit: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer from the storage')), limit);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The range of one user's records in any store. */
export function recordsOf(user: string): IDBKeyRange {
  const name = user.toLowerCase();
  // An array sorts behind every string: the end of what begins with this name.
  return IDBKeyRange.bound([name], [name, []]);
}

/** Asks the browser not to clear what is unsent when space is short. Safe to call often. */
export async function askToPersist(): Promise<void> {
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // Absent on plain HTTP and in older browsers: then it stays with the browser's best effort.
  }
}

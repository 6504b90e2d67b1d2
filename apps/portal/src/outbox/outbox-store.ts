import { announceChange } from '../storage/changes.ts';
import { keepOnDisk } from '../storage/keep-on-disk.ts';
import { openDatabase, recordsOf, type StoredOutboxEntry } from '../storage/open-database.ts';
import type { OutboxEntry } from './outbox-entry.ts';

export interface OutboxStore {
  /** In the order in which they were queued. */
  readonly list: (user: string) => Promise<readonly OutboxEntry[]>;
  /** Resolves when it is written. False: this browser keeps nothing, and it lives as long as the page. */
  readonly add: (user: string, entry: OutboxEntry) => Promise<boolean>;
  /** Read, decide, write in one step that no other tab can come between. Null from `change` removes. */
  readonly update: (
    user: string,
    key: string,
    change: (entry: OutboxEntry) => OutboxEntry | null,
  ) => Promise<OutboxEntry | null>;
}

/**
 * What the device does not keep stays as long as the page: all of a message, or, without room for its newer state, that.
 * Null: it is over, and what is on the disk of it does not count.
 */
interface Unkept {
  readonly user: string;
  readonly entry: OutboxEntry | null;
  /** An earlier state is on the disk: closing the page loses nothing but what happened since. */
  readonly isOnDisk: boolean;
}
const memory = new Map<string, Unkept>();

export function hasUnkept(): boolean {
  return [...memory.values()].some(({ entry, isOnDisk }) => entry !== null && !isOnDisk);
}

/** On the disk, not in a buffer, when it resolves: browsers default to the opposite. */
const STRICT = { durability: 'strict' } as const;

async function add(user: string, added: OutboxEntry): Promise<boolean> {
  const name = user.toLowerCase();
  const entry = { ...added, queuedAt: await behindAll(name, added.queuedAt) };
  const { key } = entry;
  const kept = await write(name, key, entry);
  if (!kept) memory.set(key, { user: name, entry, isOnDisk: false });
  announceChange('outbox');
  return kept;
}

/** Moved and put back in a millisecond, or by a clock that was set back between: what was done last is done last. */
async function behindAll(user: string, queuedAt: number): Promise<number> {
  const last = (await list(user).catch(() => [])).at(-1)?.queuedAt ?? 0;
  return Math.max(queuedAt, last + 1);
}

/** Null takes it away. */
function write(user: string, key: string, entry: OutboxEntry | null): Promise<boolean> {
  return keepOnDisk(async (database) => {
    const transaction = database.transaction('outbox', 'readwrite', STRICT);
    await Promise.all([
      entry === null
        ? transaction.store.delete([user, key])
        : transaction.store.put({ user, key, queuedAt: entry.queuedAt, entry }),
      transaction.done,
    ]);
  });
}

async function list(user: string): Promise<readonly OutboxEntry[]> {
  const name = user.toLowerCase();
  const unkept = [...memory.values()].filter((each) => each.user === name);
  const stored = (await readAll(name)).filter(({ key }) => !memory.has(key));
  return [...stored.map(({ entry }) => entry), ...unkept.map(({ entry }) => entry)]
    .filter(isEntry)
    .toSorted((a, b) => a.queuedAt - b.queuedAt);
}

async function readAll(user: string): Promise<readonly StoredOutboxEntry[]> {
  const read = async () => (await openDatabase())?.getAll('outbox', recordsOf(user));
  // iOS ends the connection of pages in the background, which the first call finds out: the second opens it again.
  return (await read().catch(read)) ?? [];
}

function isEntry(value: unknown): value is OutboxEntry {
  return typeof value === 'object' && value !== null && 'kind' in value && 'key' in value;
}

async function update(
  user: string,
  key: string,
  change: (entry: OutboxEntry) => OutboxEntry | null,
): Promise<OutboxEntry | null> {
  const name = user.toLowerCase();
  const unkept = memory.get(key);
  const next =
    unkept?.user === name
      ? await updateUnkept(key, unkept, change)
      : await updateStored(name, key, change);
  announceChange('outbox');
  return next;
}

/** Onto the disk, if there is room by now. */
async function updateUnkept(
  key: string,
  { user, entry, isOnDisk }: Unkept,
  change: (entry: OutboxEntry) => OutboxEntry | null,
): Promise<OutboxEntry | null> {
  const next = entry === null ? null : change(entry);
  memory.set(key, { user, entry: next, isOnDisk });
  const isNothing = next === null && !isOnDisk;
  if ((isNothing || (await write(user, key, next))) && memory.get(key)?.entry === next)
    memory.delete(key);
  return next;
}

async function updateStored(
  user: string,
  key: string,
  change: (entry: OutboxEntry) => OutboxEntry | null,
): Promise<OutboxEntry | null> {
  let next: OutboxEntry | null = null;
  const kept = await keepOnDisk(async (database) => {
    const transaction = database.transaction('outbox', 'readwrite', STRICT);
    const stored = await transaction.store.get([user, key]);
    next = stored !== undefined && isEntry(stored.entry) ? change(stored.entry) : null;
    await Promise.all([
      stored !== undefined &&
        (next === null
          ? transaction.store.delete([user, key])
          : transaction.store.put({ ...stored, entry: next })),
      transaction.done,
    ]);
  });
  if (kept) return next;
  // No room even for that: it goes on from memory, so that what waits leaves all the same.
  const stored = (await readAll(user)).find((each) => each.key === key);
  if (stored === undefined || !isEntry(stored.entry)) return null;
  const entry = change(stored.entry);
  memory.set(key, { user, entry, isOnDisk: true });
  return entry;
}

export const outboxStore: OutboxStore = { list, add, update };

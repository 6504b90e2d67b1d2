import { announceChange } from '../storage/changes.ts';
import { openDatabase, recordsOf, type Database } from '../storage/open-database.ts';
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

/** What a browser without storage cannot keep stays as long as the page. */
const memory = new Map<string, { readonly user: string; readonly entry: OutboxEntry }>();

export function hasUnkept(): boolean {
  return memory.size > 0;
}

/** On the disk, not in a buffer, when it resolves: browsers default to the opposite. */
const STRICT = { durability: 'strict' } as const;

async function add(user: string, entry: OutboxEntry): Promise<boolean> {
  const kept = await addTo(await openDatabase(), user.toLowerCase(), entry);
  if (!kept) memory.set(entry.key, { user: user.toLowerCase(), entry });
  announceChange('outbox');
  return kept;
}

async function addTo(
  database: Database | null,
  user: string,
  entry: OutboxEntry,
): Promise<boolean> {
  if (database === null) return false;
  try {
    const transaction = database.transaction('outbox', 'readwrite', STRICT);
    await transaction.store.put({ user, key: entry.key, queuedAt: entry.queuedAt, entry });
    await transaction.done;
    return true;
  } catch {
    // Full, or the connection ended under our hands.
    return false;
  }
}

async function list(user: string): Promise<readonly OutboxEntry[]> {
  const database = await openDatabase();
  const stored = (await database?.getAll('outbox', recordsOf(user))) ?? [];
  const unkept = [...memory.values()].filter((each) => each.user === user.toLowerCase());
  return [...stored.map(({ entry }) => entry), ...unkept.map(({ entry }) => entry)]
    .filter(isEntry)
    .toSorted((a, b) => a.queuedAt - b.queuedAt);
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
      ? updateMemory(name, key, change(unkept.entry))
      : await updateStored(await openDatabase(), name, key, change);
  announceChange('outbox');
  return next;
}

function updateMemory(user: string, key: string, entry: OutboxEntry | null): OutboxEntry | null {
  if (entry === null) memory.delete(key);
  else memory.set(key, { user, entry });
  return entry;
}

async function updateStored(
  database: Database | null,
  user: string,
  key: string,
  change: (entry: OutboxEntry) => OutboxEntry | null,
): Promise<OutboxEntry | null> {
  if (database === null) return null;
  const transaction = database.transaction('outbox', 'readwrite', STRICT);
  const stored = await transaction.store.get([user, key]);
  const next = stored !== undefined && isEntry(stored.entry) ? change(stored.entry) : null;
  if (stored !== undefined)
    await (next === null
      ? transaction.store.delete([user, key])
      : transaction.store.put({ ...stored, entry: next }));
  await transaction.done;
  return next;
}

export const outboxStore: OutboxStore = { list, add, update };

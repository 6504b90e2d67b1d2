import type { Query } from '@tanstack/react-query';
import { CLIENT_HEADERS, queryClient } from '../api.ts';
import { isRoomShort } from '../storage/keep-on-disk.ts';
import { openDatabase, recordsOf, type StoredMail } from '../storage/open-database.ts';
import { excess, KEPT_PAGES, type KeptSize } from './kept-limits.ts';

/** The procedures whose answers are kept. */
const KEPT: ReadonlySet<string> = new Set([
  'mailbox.list',
  'mailbox.folders',
  'mailbox.read',
  'mailbox.conversation',
  'meetings.list',
]);

function procedureOf({ queryKey: [path] }: Query): string | null {
  const name = Array.isArray(path) ? path.join('.') : '';
  return KEPT.has(name) ? name : null;
}

/** Of a long list only its beginning: the rest is asked for when somebody scrolls there. */
function beginningOf(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('pages' in data) || !('pageParams' in data))
    return data;
  const { pages, pageParams } = data;
  if (!Array.isArray(pages) || !Array.isArray(pageParams)) return data;
  return { pages: pages.slice(0, KEPT_PAGES), pageParams: pageParams.slice(0, KEPT_PAGES) };
}

const VERSION = CLIENT_HEADERS['x-holdfast-client'];

interface KeptValue {
  /** Of the API whose answer it is: another one may answer otherwise. */
  readonly version: string;
  readonly queryKey: readonly unknown[];
  readonly data: unknown;
}

function isKept(value: unknown): value is KeptValue {
  if (typeof value !== 'object' || value === null || !('version' in value)) return false;
  return 'queryKey' in value && 'data' in value && value.version === VERSION;
}

/** Puts what is kept in front of the pages, as old as it is: they show it at once and ask for newer. */
export async function showKept(user: string): Promise<void> {
  const database = await openDatabase();
  for (const { value, asOf } of (await database?.getAll('mail', recordsOf(user))) ?? []) {
    if (!isKept(value)) continue;
    const state = queryClient.getQueryState(value.queryKey);
    if (state?.data !== undefined) continue;
    // Kept in memory as long as the page: it is what there is without a connection.
    queryClient.setQueryDefaults(value.queryKey, { gcTime: Number.POSITIVE_INFINITY });
    queryClient.setQueryData(value.queryKey, value.data, { updatedAt: asOf });
  }
}

/** Writes down what the server answers from now on, and what it has answered already. Returns how to stop. */
export function keepAnswers(user: string): () => void {
  const cache = queryClient.getQueryCache();
  let isStopped = false;
  const keepOne = (query: Query): void => void keep(user, query, () => isStopped);
  for (const query of cache.getAll()) if (query.state.data !== undefined) keepOne(query);
  const stop = cache.subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success') keepOne(event.query);
  });
  return () => {
    isStopped = true;
    stop();
  };
}

async function keep(user: string, query: Query, isStopped: () => boolean): Promise<void> {
  const procedure = procedureOf(query);
  if (procedure === null || query.state.data === undefined || isRoomShort()) return;
  const { queryKey, state } = query;
  const value: KeptValue = { version: VERSION, queryKey, data: beginningOf(state.data) };
  const record: StoredMail = {
    user: user.toLowerCase(),
    key: `${procedure} ${query.queryHash}`,
    size: JSON.stringify(value).length * 2,
    usedAt: Date.now(),
    asOf: query.state.dataUpdatedAt,
    value,
  };
  try {
    const database = await openDatabase();
    // What is wiped meanwhile must not come back.
    if (isStopped()) return;
    await database?.put('mail', record);
    await trim(user);
  } catch {
    // Full or gone: the copy is a convenience, the server has the mail.
  }
}

async function trim(user: string): Promise<void> {
  const database = await openDatabase();
  if (database === null) return;
  const sizes: KeptSize[] = [];
  let cursor = await database.transaction('mail').store.openCursor(recordsOf(user));
  while (cursor !== null) {
    const { key, size, usedAt } = cursor.value;
    sizes.push({ key, size, usedAt });
    cursor = await cursor.continue();
  }
  for (const key of excess(sizes)) await database.delete('mail', [user.toLowerCase(), key]);
}

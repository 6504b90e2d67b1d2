import type { DraftRow } from '@holdfast/contracts';
import { useSyncExternalStore } from 'react';
import { portal, problemOf } from '../api.ts';
import { newKey, type Draft } from './draft.ts';
import {
  allDrafts,
  draftsLoaded,
  hasUnkeptDraft,
  hideDraft,
  leaveOnlyUnsaved,
  loadDraft,
  onDraftSaved,
  removeDraft,
  saveDraft,
} from './draft-store.ts';
import { discard, fetchDraft, pull, push, pushAll, restore, type DraftNews } from './draft-sync.ts';
import type { SyncPorts } from './sync-ports.ts';

/** After the last letter, and at the latest after this long of writing without a pause. Unit: ms. */
const SAVE_AFTER = 1_500;
const SAVE_AT_LEAST_EVERY = 10_000;
const REFRESH_AFTER = 3_000;
/** After a try that was not answered. Unit: ms. */
const TRY_AGAIN_AFTER = 15_000;
/** On a weak network an answer may take long. Unit: ms. */
const ANSWER_WITHIN = 30_000;

const DEVICE = 'holdfast.device';

/** The name of this browser, known again after a reload. */
function deviceName(): string {
  try {
    const known = localStorage.getItem(DEVICE);
    if (known !== null) return known;
    const fresh = newKey();
    localStorage.setItem(DEVICE, fresh);
    return fresh;
  } catch {
    // Blocked: then every load of the page is a device of its own, which splits a draft at worst.
    return forThisPage;
  }
}
const forThisPage = newKey();

function patience(): { readonly signal: AbortSignal } {
  return { signal: AbortSignal.timeout(ANSWER_WITHIN) };
}

/** What the server refuses (no session, closed, full) is tried again like what it did not answer: it is kept here. */
async function ask<T>(call: Promise<T>): Promise<T | 'unreachable'> {
  return call.catch(() => 'unreachable' as const);
}

async function askAfter<T>(call: Promise<T>): Promise<T | 'gone' | 'unreachable'> {
  return call.catch((error: unknown) =>
    problemOf(error).code === 'drafts.unknown' ? ('gone' as const) : ('unreachable' as const),
  );
}

function portsOf(user: string): SyncPorts {
  const device = deviceName();
  return {
    device,
    all: async () => {
      await draftsLoaded(user);
      return allDrafts(user);
    },
    get: async (key) => {
      await draftsLoaded(user);
      return loadDraft(user, key);
    },
    put: async (draft) => void (await saveDraft(user, draft)),
    remove: async (key) => void (await removeDraft(user, key)),
    save: (input) => ask(portal.drafts.save.mutate(input, patience())),
    discard: async (id, base) => {
      const answer = await ask(portal.drafts.discard.mutate({ id, base, device }, patience()));
      return answer === 'unreachable' ? answer : answer.kind;
    },
    restore: (id) => askAfter(portal.drafts.restore.mutate({ id }, patience())),
    list: () => ask(portal.drafts.list.query(undefined, patience())),
    read: (id) => askAfter(portal.drafts.read.query({ id }, patience())),
    tell: (news) => {
      for (const listener of newsListeners) listener(news);
    },
  };
}

const newsListeners = new Set<(news: DraftNews) => void>();
let ports: SyncPorts | null = null;
let rows: readonly DraftRow[] = [];
/** Left this device for the outbox: the server shows them until they are sent. */
const handedOver = new Set<string>();
const rowListeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let since: number | null = null;

export function onDraftNews(listener: (news: DraftNews) => void): () => void {
  newsListeners.add(listener);
  return () => newsListeners.delete(listener);
}

function subscribe(listener: () => void): () => void {
  rowListeners.add(listener);
  return () => rowListeners.delete(listener);
}

function showRows(next: readonly DraftRow[]): void {
  rows = next;
  for (const listener of rowListeners) listener();
}

/** Saves what is unsaved, soon: at once at the end of a pause in writing. */
function saveSoon(): void {
  const now = Date.now();
  since ??= now;
  clearTimeout(timer);
  timer = setTimeout(saveNow, Math.min(SAVE_AFTER, since + SAVE_AT_LEAST_EVERY - now));
}

function saveNow(): void {
  clearTimeout(timer);
  since = null;
  const current = ports;
  if (current === null) return;
  void pushAll(current).then((isThrough) => {
    if (current !== ports) return;
    showReachable(isThrough);
    if (!isThrough) timer = setTimeout(saveNow, TRY_AGAIN_AFTER);
  });
}

let isReachable = true;

function showReachable(now: boolean): void {
  if (now === isReachable) return;
  isReachable = now;
  for (const listener of rowListeners) listener();
}

/** False after a draft could not be brought to the server, until one was. */
export function useIsReachable(): boolean {
  return useSyncExternalStore(subscribe, () => isReachable);
}

/** What other devices did since, and the list of the folder. */
export async function refreshDrafts(): Promise<void> {
  if (ports === null) return;
  const found = await pull(ports);
  if (found !== null) showRows(found);
}

let refreshing: ReturnType<typeof setTimeout> | undefined;

/** The server says that something changed, which it also says of what this device has just saved. */
export function refreshDraftsSoon(): void {
  refreshing ??= setTimeout(() => {
    refreshing = undefined;
    void refreshDrafts();
  }, REFRESH_AFTER);
}

/** From now on drafts of this person go to the server and come from there. Returns how to stop. */
export function startDrafts(user: string): () => void {
  const own = portsOf(user);
  ports = own;
  const look = (): void => {
    saveNow();
    void refreshDrafts();
  };
  const seen = (): void => {
    if (document.visibilityState === 'visible') look();
    else saveNow();
  };
  const stop = onDraftSaved((_user, draft) => {
    // Back from the outbox.
    handedOver.delete(draft.key);
    if ((draft.isDirty && draft.isTouched) || draft.isDiscarded) saveSoon();
  });
  const guard = (event: BeforeUnloadEvent): void => {
    if (hasUnkeptDraft(user)) event.preventDefault();
  };
  addEventListener('beforeunload', guard);
  addEventListener('online', look);
  addEventListener('pageshow', look);
  addEventListener('pagehide', saveNow);
  document.addEventListener('visibilitychange', seen);
  look();
  return () => {
    stop();
    leaveOnlyUnsaved(user);
    clearTimeout(timer);
    removeEventListener('beforeunload', guard);
    removeEventListener('online', look);
    removeEventListener('pageshow', look);
    removeEventListener('pagehide', saveNow);
    document.removeEventListener('visibilitychange', seen);
    if (ports === own) ports = null;
    handedOver.clear();
    showRows([]);
  };
}

/** From the server, if it answers: a draft of another device, or its newer revision. */
export async function openDraft(key: string): Promise<Draft | null> {
  return ports === null ? null : fetchDraft(ports, key);
}

export async function discardDraft(user: string, draft: Draft): Promise<void> {
  const to = ports ?? portsOf(user);
  await discard(to, draft);
  if (to === ports) void push(ports, draft.key);
  showRows(rows.filter(({ id }) => id !== draft.key));
}

/** One of another device, that this one has no copy of. */
export async function discardRow(row: DraftRow): Promise<boolean> {
  if (ports === null) return false;
  const answer = await ports.discard(row.id, row.revision);
  void refreshDrafts();
  return answer === 'discarded';
}

export async function restoreDraft(draft: Draft): Promise<void> {
  if (ports !== null) await restore(ports, draft);
  saveSoon();
}

export async function restoreRow(row: DraftRow): Promise<void> {
  await ports?.restore(row.id);
  await refreshDrafts();
}

/**
 * The message is in the outbox: it is no draft any more, here and in the list of the server. With an outbox that is not
 * on the disk (`isKept`), its last copy there stays until the server says that it was sent.
 */
export async function handOver(user: string, key: string, isKept: boolean): Promise<void> {
  handedOver.add(key);
  if (isKept) await removeDraft(user, key);
  else hideDraft(user, key);
  showRows([...rows]);
}

let shown: { readonly of: readonly DraftRow[]; readonly rows: readonly DraftRow[] } | null = null;

/** Drafts on the server, as far as it was heard of. */
export function useServerDrafts(): readonly DraftRow[] {
  return useSyncExternalStore(subscribe, () => {
    if (shown?.of !== rows)
      shown = { of: rows, rows: rows.filter(({ id }) => !handedOver.has(id)) };
    return shown.rows;
  });
}

export function thisDevice(): string {
  return deviceName();
}

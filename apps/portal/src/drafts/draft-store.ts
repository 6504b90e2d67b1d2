import { useEffect, useSyncExternalStore } from 'react';
import { keepOnDisk } from '../storage/keep-on-disk.ts';
import { openDatabase, recordsOf } from '../storage/open-database.ts';
import { edited, isDraft, isSafe, newDraft, type Draft, type DraftContent } from './draft.ts';

/**
 * The drafts of a person on this device. The page works with the copy in memory; every change goes to the disk behind
 * it, and to other tabs. What the server knows is `draft-sync.ts`.
 */
interface Shelf {
  readonly drafts: Map<string, Draft>;
  isLoaded: boolean;
  readonly loaded: Promise<void>;
}

const CHANNEL = 'holdfast-drafts';
const shelves = new Map<string, Shelf>();
const listeners = new Set<() => void>();
const changeListeners = new Set<(user: string, draft: Draft) => void>();
/** Open in a composer of this page: other tabs do not write over it. */
const held = new Set<string>();
let cached: { readonly user: string; readonly drafts: readonly Draft[] } | null = null;
let channel: BroadcastChannel | null = null;

interface Told {
  readonly user: string;
  readonly key: string;
}

function shelfOf(user: string): Shelf {
  const name = user.toLowerCase();
  const known = shelves.get(name);
  if (known !== undefined) return known;
  const drafts = new Map<string, Draft>();
  const shelf: Shelf = { drafts, isLoaded: false, loaded: load(name, drafts) };
  shelves.set(name, shelf);
  void shelf.loaded.then(() => {
    shelf.isLoaded = true;
    changed();
  });
  listenToTabs();
  return shelf;
}

async function load(user: string, drafts: Map<string, Draft>): Promise<void> {
  try {
    const stored = await (await openDatabase())?.getAll('drafts', recordsOf(user));
    for (const { draft } of stored ?? [])
      // What was written since the page opened is newer than the disk.
      if (isDraft(draft) && !drafts.has(draft.key)) drafts.set(draft.key, draft);
  } catch {
    // Refused or ended: what is written lives in the page and on the server.
  }
}

function listenToTabs(): void {
  if (channel !== null || typeof BroadcastChannel === 'undefined') return;
  channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<Told>) => void takeOver(data));
}

/** Another tab wrote or removed it. */
async function takeOver({ user, key }: Told): Promise<void> {
  const shelf = shelves.get(user);
  if (shelf === undefined || held.has(key)) return;
  const database = await openDatabase();
  // Not to be read just now: what this page knows of it stays.
  if (database === null || held.has(key)) return;
  const stored = await database.get('drafts', [user, key]);
  if (stored === undefined) shelf.drafts.delete(key);
  else if (isDraft(stored.draft)) shelf.drafts.set(key, stored.draft);
  changed();
}

/** As the disk has it by now, where another window may have written it. */
export function readDraftAgain(user: string, key: string): Promise<void> {
  return takeOver({ user: user.toLowerCase(), key });
}

function changed(): void {
  cached = null;
  for (const listener of listeners) listener();
}

/** One write at a time for each draft; what is typed meanwhile goes with the next. */
const writing = new Map<string, Promise<boolean>>();
const waiting = new Set<string>();

function persist(user: string, key: string): Promise<boolean> {
  const name = user.toLowerCase();
  const id = `${name} ${key}`;
  const before = writing.get(id);
  if (before !== undefined && waiting.has(id)) return before;
  waiting.add(id);
  const next = (before ?? Promise.resolve(true)).then(() => {
    waiting.delete(id);
    return put(name, key);
  });
  writing.set(id, next);
  void next.finally(() => {
    if (writing.get(id) === next) writing.delete(id);
  });
  return next;
}

/** In the page alone, for want of room: by user and key. */
const unkept = new Set<string>();

async function put(user: string, key: string): Promise<boolean> {
  const kept = await keepOnDisk(async (database) => {
    const draft = shelves.get(user)?.drafts.get(key);
    if (draft === undefined) await database.delete('drafts', [user, key]);
    else await database.put('drafts', { user, key, savedAt: draft.savedAt, draft });
  });
  const id = `${user} ${key}`;
  if (kept) unkept.delete(id);
  else unkept.add(id);
  if (kept) channel?.postMessage({ user, key } satisfies Told);
  return kept;
}

/** Something was written that neither the disk nor the server has: closing the page would lose it. */
export function hasUnkeptDraft(user: string): boolean {
  return allDrafts(user).some(
    (draft) => unkept.has(`${user.toLowerCase()} ${draft.key}`) && draft.isTouched && draft.isDirty,
  );
}

/** Resolves when what was typed so far has gone to the disk, as far as that can be. */
export async function draftsWritten(): Promise<void> {
  await Promise.all(writing.values());
}

export function beginDraft(user: string, content: DraftContent): Draft {
  const draft = newDraft(content);
  void saveDraft(user, draft);
  return draft;
}

/** Resolves when it is on the disk; false: the browser keeps nothing. */
export function saveDraft(user: string, draft: Draft): Promise<boolean> {
  shelfOf(user).drafts.set(draft.key, draft);
  changed();
  for (const listener of changeListeners) listener(user, draft);
  return persist(user, draft.key);
}

export function changeDraft(user: string, key: string, part: Partial<Draft>): void {
  const draft = loadDraft(user, key);
  if (draft !== null) void saveDraft(user, edited(draft, part, new Date().toISOString()));
}

export function loadDraft(user: string, key: string): Draft | null {
  return shelfOf(user).drafts.get(key) ?? null;
}

/** What was written here of a draft that another device wrote as well, and is a draft of its own since. */
export function branchOf(user: string, key: string): Draft | null {
  return allDrafts(user).find(({ branchedFrom }) => branchedFrom === key) ?? null;
}

/** From this device only: it was sent, or is under another key. */
export function removeDraft(user: string, key: string): Promise<boolean> {
  shelfOf(user).drafts.delete(key);
  changed();
  return persist(user, key);
}

/** From this page only. Its copy on the disk is all that a closed page would leave of it. */
export function hideDraft(user: string, key: string): void {
  shelfOf(user).drafts.delete(key);
  changed();
}

export function draftsLoaded(user: string): Promise<void> {
  return shelfOf(user).loaded;
}

/** Also those that were thrown away and whose end the server has not heard of. */
export function allDrafts(user: string): readonly Draft[] {
  return [...shelfOf(user).drafts.values()];
}

/** At the end of a session: what the server has goes from this device, what it has not stays until it is saved. */
export function leaveOnlyUnsaved(user: string): void {
  for (const draft of allDrafts(user)) if (isSafe(draft)) void removeDraft(user, draft.key);
}

export function holdDraft(key: string): () => void {
  held.add(key);
  return () => held.delete(key);
}

export function onDraftSaved(listener: (user: string, draft: Draft) => void): () => void {
  changeListeners.add(listener);
  return () => changeListeners.delete(listener);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function listed(user: string): readonly Draft[] {
  if (cached?.user === user) return cached.drafts;
  const drafts = allDrafts(user)
    .filter((draft) => draft.isTouched && !draft.isDiscarded)
    .toSorted((a, b) => b.savedAt.localeCompare(a.savedAt));
  cached = { user, drafts };
  return drafts;
}

/** Drafts of this person on this device, the newest first. */
export function useDrafts(user: string): readonly Draft[] {
  useEffect(() => void draftsLoaded(user), [user]);
  return useSyncExternalStore(subscribe, () => listed(user));
}

/** `undefined` until the disk has answered, `null` when it is not on this device. */
export function useDraft(user: string, key: string): Draft | null | undefined {
  return useSyncExternalStore(subscribe, () => {
    const shelf = shelfOf(user);
    return shelf.drafts.get(key) ?? (shelf.isLoaded ? null : undefined);
  });
}

import type { Party, UploadResult } from '@holdfast/contracts';
import { useSyncExternalStore } from 'react';

/** A message being written. It lives in localStorage until it is sent: a reload, a crash or a lost session loses nothing. */
export interface Draft {
  /** Also the idempotency key: made once, so that a message sent twice goes out once. */
  readonly key: string;
  readonly savedAt: string;
  /** Something was typed; an untouched draft goes when it is closed. */
  readonly isTouched: boolean;
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  readonly subject: string;
  readonly text: string;
  readonly about: { readonly itemId: string; readonly mode: 'reply' | 'forward' } | null;
  readonly uploads: readonly UploadResult[];
  /** Attachments of the forwarded message, which the server puts in. */
  readonly carried: { readonly count: number; readonly bytes: number };
  /** Why the server did not take it, in words; it came back from the outbox. */
  readonly refused?: string | undefined;
}

export type DraftContent = Pick<Draft, 'to' | 'cc' | 'subject' | 'text' | 'about' | 'carried'>;

const PREFIX = 'holdfast.draft.';
const listeners = new Set<() => void>();
let cached: { readonly user: string; readonly drafts: readonly Draft[] } | null = null;

function storageKey(user: string, key: string): string {
  return `${PREFIX}${user.toLowerCase()}.${key}`;
}

function changed(): void {
  cached = null;
  for (const listener of listeners) listener();
}

addEventListener('storage', (event) => {
  if (event.key === null || event.key.startsWith(PREFIX)) changed();
});

/** Random, version 4. `crypto.randomUUID` is absent on plain HTTP, where a trial installation may run. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function beginDraft(user: string, content: DraftContent): Draft {
  const draft: Draft = {
    ...content,
    key: newKey(),
    savedAt: new Date().toISOString(),
    isTouched: false,
    uploads: [],
  };
  saveDraft(user, draft);
  return draft;
}

/** False when the browser refuses (private mode, storage full): the caller then says so instead of promising. */
export function saveDraft(user: string, draft: Draft): boolean {
  try {
    localStorage.setItem(storageKey(user, draft.key), JSON.stringify(draft));
  } catch {
    memory.set(storageKey(user, draft.key), draft);
    changed();
    return false;
  }
  changed();
  return true;
}

/** What could not be stored stays at least as long as the page. */
const memory = new Map<string, Draft>();

export function loadDraft(user: string, key: string): Draft | null {
  return read(storageKey(user, key)) ?? memory.get(storageKey(user, key)) ?? null;
}

function read(name: string): Draft | null {
  const text = localStorage.getItem(name);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isDraft(value) ? value : null;
  } catch {
    return null;
  }
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'key' in value &&
    'text' in value &&
    'to' in value &&
    Array.isArray(value.to)
  );
}

export function removeDraft(user: string, key: string): void {
  localStorage.removeItem(storageKey(user, key));
  memory.delete(storageKey(user, key));
  changed();
}

function listDrafts(user: string): readonly Draft[] {
  if (cached?.user === user) return cached.drafts;
  const names = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index));
  const prefix = storageKey(user, '');
  const stored = names.flatMap((name) => {
    const draft = name?.startsWith(prefix) === true ? read(name) : null;
    return draft === null ? [] : [draft];
  });
  const unstored = [...memory].flatMap(([name, draft]) => (name.startsWith(prefix) ? [draft] : []));
  const drafts = [...stored, ...unstored]
    .filter((draft) => draft.isTouched)
    .sort((a, b) => b.savedAt.localeCompare(a.savedAt));
  cached = { user, drafts };
  return drafts;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Drafts of this person on this device, the newest first. */
export function useDrafts(user: string): readonly Draft[] {
  return useSyncExternalStore(subscribe, () => listDrafts(user));
}

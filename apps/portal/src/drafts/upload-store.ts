import { useSyncExternalStore } from 'react';
import { keepOnDisk } from '../storage/keep-on-disk.ts';
import { openDatabase, recordsOf } from '../storage/open-database.ts';
import { newKey, type DraftFile } from './draft.ts';
import { outboxStore } from '../outbox/outbox-store.ts';
import { allDrafts, draftsLoaded, saveDraft } from './draft-store.ts';
import { tellUploadEnd } from './upload-end.ts';
import { cancelUpload, uploadFile } from './upload.ts';

/** How far a file is that this device uploads. Those that are on the server have none. */
export type UploadStatus =
  | { readonly kind: 'queued' }
  | { readonly kind: 'uploading'; readonly received: number; readonly waits: boolean }
  | { readonly kind: 'failed'; readonly message: string };

interface Job {
  readonly user: string;
  readonly id: string;
  readonly fileName: string;
  readonly file: Blob;
  readonly stop: AbortController;
}

/** One after the other: on a weak network two at once are both late. */
const jobs = new Map<string, Job>();
let statuses: ReadonlyMap<string, UploadStatus> = new Map();
let running: string | null = null;
const listeners = new Set<() => void>();

/** Goes up from this page by itself; what does not was refused, or is on another device. */
export function isUnderWay(id: string): boolean {
  return jobs.has(id) && statuses.get(id)?.kind !== 'failed';
}

/** How the files of a message stand that were not all on the server when it was last looked at. */
export interface FilesNow {
  readonly uploads: readonly DraftFile[];
  /** Why one of them will never be there. */
  readonly failure: string | null;
}

/** What neither this page nor the disk has any more is through, as far as can be told here; the server decides. */
export async function lookAtFiles(user: string, uploads: readonly DraftFile[]): Promise<FilesNow> {
  const name = user.toLowerCase();
  let failure: string | null = null;
  const now: DraftFile[] = [];
  for (const file of uploads) {
    const status = statuses.get(file.id);
    if (status?.kind === 'failed') failure ??= `${file.fileName}: ${status.message}`;
    const isHere = file.isHere || !(jobs.has(file.id) || (await isKept(name, file.id)));
    now.push({ ...file, isHere });
  }
  return { uploads: now, failure };
}

async function isKept(user: string, id: string): Promise<boolean> {
  const database = await openDatabase();
  return database !== null && (await database.getKey('files', [user, id])) !== undefined;
}

function setStatus(id: string, status: UploadStatus | null): void {
  const next = new Map(statuses);
  if (status === null) next.delete(id);
  else next.set(id, status);
  statuses = next;
  for (const listener of listeners) listener();
}

export function useUploads(): ReadonlyMap<string, UploadStatus> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => statuses,
  );
}

/** The file itself is kept on this device until all of it is on the server: a reload goes on where this one ends. */
export function startUpload(user: string, draftKey: string, file: File): DraftFile {
  const id = newKey();
  const name = user.toLowerCase();
  enqueue({ user: name, id, fileName: file.name, file });
  void keep(name, id, draftKey, file);
  return { id, fileName: file.name, size: file.size, isHere: false };
}

async function keep(user: string, id: string, draftKey: string, file: File): Promise<void> {
  const kept = await keepOnDisk(async (database) => {
    await database.put('files', { user, key: id, draftKey, fileName: file.name, file });
    // Cancelled or through while it was written.
    if (!jobs.has(id)) await database.delete('files', [user, id]);
  });
  // It goes up from memory, and the page has to stay open for that.
  if (!kept && jobs.has(id)) unkept.add(id);
}

/** Files that are in the page alone until the server has them. */
const unkept = new Set<string>();

function enqueue(job: Omit<Job, 'stop'>): void {
  jobs.set(job.id, { ...job, stop: new AbortController() });
  setStatus(job.id, { kind: 'queued' });
  void work();
}

async function work(): Promise<void> {
  if (running !== null) return;
  const next = [...jobs.values()].find(({ id }) => statuses.get(id)?.kind === 'queued');
  if (next === undefined) return;
  running = next.id;
  try {
    await run(next);
  } finally {
    running = null;
  }
  void work();
}

async function run(job: Job): Promise<void> {
  let received = 0;
  let waits = false;
  const show = (): void => setStatus(job.id, { kind: 'uploading', received, waits });
  show();
  const heard = {
    onProgress: (now: number): void => {
      received = now;
      show();
    },
    onWaiting: (now: boolean): void => {
      waits = now;
      show();
    },
  };
  try {
    await uploadFile(job, heard, job.stop.signal);
    await finish(job);
  } catch (error) {
    if (job.stop.signal.aborted) return;
    const message = error instanceof Error ? error.message : String(error);
    setStatus(job.id, { kind: 'failed', message });
  }
  tellUploadEnd(job.user);
}

async function finish({ user, id }: Job): Promise<void> {
  for (const draft of allDrafts(user))
    if (draft.uploads.some((each) => each.id === id)) {
      const uploads = draft.uploads.map((each) =>
        each.id === id ? { ...each, isHere: true } : each,
      );
      await saveDraft(user, { ...draft, uploads });
    }
  await forget(user, id);
}

async function forget(user: string, id: string): Promise<void> {
  jobs.delete(id);
  unkept.delete(id);
  setStatus(id, null);
  try {
    await (await openDatabase())?.delete('files', [user, id]);
  } catch {
    // It is found and removed at the next start.
  }
}

/** Taken out of the draft: stops, and frees the room here and on the server. */
export function stopUpload(user: string, id: string): void {
  jobs.get(id)?.stop.abort();
  void forget(user.toLowerCase(), id);
  void cancelUpload(id);
}

export function retryUpload(id: string): void {
  const job = jobs.get(id);
  if (job !== undefined) enqueue(job);
}

/** Goes on with what a reload has interrupted. Returns how to stop. */
export function resumeUploads(user: string): () => void {
  const name = user.toLowerCase();
  const guard = (event: BeforeUnloadEvent): void => {
    if (unkept.size > 0) event.preventDefault();
  };
  addEventListener('beforeunload', guard);
  void resume(name);
  return () => {
    removeEventListener('beforeunload', guard);
    for (const job of jobs.values()) if (job.user === name) job.stop.abort();
    jobs.clear();
    statuses = new Map();
  };
}

async function resume(user: string): Promise<void> {
  await draftsLoaded(user);
  const stored = await (await openDatabase())?.getAll('files', recordsOf(user)).catch(() => []);
  const entries = await outboxStore.list(user).catch(() => []);
  const queued = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.draft] : []));
  const wanted = new Map(
    [...queued, ...allDrafts(user)].flatMap(({ uploads }) => uploads.map((u) => [u.id, u])),
  );
  for (const { key, fileName, file } of stored ?? []) {
    const known = wanted.get(key);
    if (known === undefined || known.isHere) await forget(user, key);
    else if (!jobs.has(key)) enqueue({ user, id: key, fileName, file });
  }
}

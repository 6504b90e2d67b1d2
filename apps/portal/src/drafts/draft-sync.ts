import type { DraftRow } from '@holdfast/contracts';
import { fromServer, toSaveInput, type Draft } from './draft.ts';
import type { SyncPorts } from './sync-ports.ts';

/** What became of a draft that somebody may be looking at. */
export type DraftNews =
  /** It is under another key now: another device wrote or sent the one it was. */
  | { readonly kind: 'branched'; readonly key: string; readonly draft: Draft }
  /** It was sent or discarded on another device; `gone`: one of the two. */
  | { readonly kind: 'over'; readonly key: string; readonly as: 'sent' | 'discarded' | 'gone' }
  /** Another device wrote at it since, so that it was not discarded. */
  | { readonly kind: 'kept'; readonly key: string };

/** Of each device's drafts, those that are on their way. In a browser there is one device. */
const underWay = new WeakMap<SyncPorts, Set<string>>();

function pushingOf(ports: SyncPorts): Set<string> {
  const known = underWay.get(ports);
  if (known !== undefined) return known;
  const fresh = new Set<string>();
  underWay.set(ports, fresh);
  return fresh;
}

/** Everything that the server has not seen, one draft after the other. False: not all of it got there. */
export async function pushAll(ports: SyncPorts): Promise<boolean> {
  let isThrough = true;
  for (const draft of await ports.all()) if (!(await push(ports, draft.key))) isThrough = false;
  return isThrough;
}

/** Brings one draft to the server; what is typed meanwhile goes with the next call. Resolves to false without a connection. */
export async function push(ports: SyncPorts, key: string): Promise<boolean> {
  const pushing = pushingOf(ports);
  if (pushing.has(key)) return true;
  const draft = await ports.get(key);
  if (draft === null || !isToPush(draft)) return true;
  pushing.add(key);
  try {
    if (draft.isDiscarded) return await pushDiscard(ports, draft);
    return draft.isWantedBack === true
      ? await pushWish(ports, draft)
      : await pushText(ports, draft);
  } finally {
    pushing.delete(key);
  }
}

function isToPush(draft: Draft): boolean {
  return draft.isDiscarded || (draft.isTouched && draft.isDirty);
}

async function pushText(ports: SyncPorts, sent: Draft): Promise<boolean> {
  const answer = await ports.save(toSaveInput(sent, ports.device));
  if (answer === 'unreachable') return false;
  const now = await ports.get(sent.key);
  // Sent meanwhile: that has its own way.
  if (now === null) return true;
  const isSame = now.savedAt === sent.savedAt && now.text === sent.text && now.html === sent.html;
  if (answer.kind !== 'saved') {
    if (!isSame) return true;
    await ports.remove(sent.key);
    ports.tell({ kind: 'over', key: sent.key, as: answer.kind });
    return true;
  }
  const known = { ...now, base: answer.revision, isDirty: now.isDirty && !isSame };
  if (answer.id === sent.key) {
    await ports.put(known);
    return true;
  }
  const branch = { ...known, key: answer.id, because: answer.because, branchedFrom: sent.key };
  await ports.put(branch);
  await ports.remove(sent.key);
  ports.tell({ kind: 'branched', key: sent.key, draft: branch });
  return true;
}

async function pushDiscard(ports: SyncPorts, draft: Draft): Promise<boolean> {
  const answer = await ports.discard(draft.key, draft.base);
  if (answer === 'unreachable') return false;
  const now = await ports.get(draft.key);
  // Taken back while it was on its way.
  if (now !== null && !now.isDiscarded) return pushWish(ports, now);
  await ports.remove(draft.key);
  if (answer === 'changed') ports.tell({ kind: 'kept', key: draft.key });
  return true;
}

/** Thrown away here. A draft without a revision may be on the server all the same: its saving was not answered yet. */
export async function discard(ports: SyncPorts, draft: Draft): Promise<void> {
  if (draft.isTouched) await ports.put({ ...draft, isDiscarded: true, isWantedBack: undefined });
  else await ports.remove(draft.key);
}

/** A draft that was thrown away and is wanted again. */
export async function restore(ports: SyncPorts, draft: Draft): Promise<void> {
  await ports.put({ ...draft, isDiscarded: false, isDirty: true, isWantedBack: true });
}

async function pushWish(ports: SyncPorts, draft: Draft): Promise<boolean> {
  const answer = await ports.restore(draft.key);
  if (answer === 'unreachable') return false;
  const now = await ports.get(draft.key);
  if (now === null) return true;
  // One that was not discarded there may have been written by another device, unseen by this one.
  const base = answer !== 'gone' && answer.wasDiscarded ? answer.revision : now.base;
  const back = { ...now, base, isWantedBack: undefined };
  await ports.put(back);
  return back.isDiscarded || pushText(ports, back);
}

/**
 * Brings this device up to date: what is gone on the server goes here unless something was written since, and what
 * another device wrote is fetched where this device has an older copy.
 */
export async function pull(ports: SyncPorts): Promise<readonly DraftRow[] | null> {
  const before = await ports.all();
  const rows = await ports.list();
  if (rows === 'unreachable') return null;
  const there = new Map(rows.map((row) => [row.id, row]));
  for (const draft of before) {
    if (draft.base === 0 || draft.isDirty || draft.isDiscarded || pushingOf(ports).has(draft.key))
      continue;
    const row = there.get(draft.key);
    const now = await ports.get(draft.key);
    if (now === null || now.base !== draft.base || now.isDirty) continue;
    if (row === undefined) {
      await ports.remove(draft.key);
      ports.tell({ kind: 'over', key: draft.key, as: 'gone' });
    } else if (row.revision > draft.base) await fetchDraft(ports, draft.key);
  }
  const thrownAway = new Set(
    (await ports.all()).filter(({ isDiscarded }) => isDiscarded).map(({ key }) => key),
  );
  return rows.filter(({ id }) => !thrownAway.has(id));
}

/** A draft of another device, or its newer revision. Null: gone, or no connection and not here. */
export async function fetchDraft(ports: SyncPorts, key: string): Promise<Draft | null> {
  const view = await ports.read(key);
  const known = await ports.get(key);
  if (view === 'unreachable' || view === 'gone') return known;
  // Typed while the answer was on its way: that decides, and the server keeps both.
  if (known !== null && (known.isDirty || known.isDiscarded)) return known;
  const draft = fromServer(view, known);
  await ports.put(draft);
  return draft;
}

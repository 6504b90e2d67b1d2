import type { SendInput } from '@holdfast/contracts';
import { queryClient, trpc } from '../api.ts';
import { newKey, type Draft } from '../drafts/draft.ts';
import { handOver } from '../drafts/draft-session.ts';
import { onUploadEnd } from '../drafts/upload-end.ts';
import { announceChange, onChange } from '../storage/changes.ts';
import { askToPersist } from '../storage/open-database.ts';
import { setQueuedChanges } from '../mailbox/waiting-changes.ts';
import { asOneSender } from './one-sender.ts';
import { newChange, newMessage, wantedBack, type Change } from './outbox-entry.ts';
import { expectReturn, followNews } from './outbox-news.ts';
import { flush, nextDue } from './outbox-sender.ts';
import { hasUnkept, outboxStore } from './outbox-store.ts';
import { senderPorts } from './sender-ports.ts';
import { publishSummary } from './summary.ts';

/**
 * A message leaves the composer. When this resolves it is on this device's disk (or, where the browser keeps nothing,
 * in the page: then false), and it is sent as soon as that can be.
 */
export async function queueMessage(user: string, input: SendInput, draft: Draft): Promise<boolean> {
  const now = Date.now();
  const kept = await outboxStore.add(
    user,
    newMessage(stamped(user, input, now), draft, newKey(), now),
  );
  await handOver(user, input.key, kept);
  void askToPersist();
  void send(user, true);
  return kept;
}

/** Whose it is and when it was written: the server asks when it arrives late, or as somebody else. */
function stamped(user: string, input: SendInput, now: number): SendInput {
  const state = queryClient.getQueryData(trpc.session.state.queryKey());
  return {
    ...input,
    as: user,
    writtenAt: new Date(now).toISOString(),
    // As this page knows it: what was written in a drill must not leave in an event that has begun meanwhile.
    ...(state !== undefined && {
      drill: state.access === 'drill' ? (state.drill?.id ?? null) : null,
    }),
  };
}

/** What is done to messages, without waiting for a connection. */
export async function queueChange(user: string, change: Change): Promise<void> {
  await outboxStore.add(user, newChange(change, newKey(), Date.now()));
  void send(user, true);
}

/** Before it was sent: at once. Afterwards: as soon as the server has said so. What was written opens again. */
export async function takeBack(user: string, key: string): Promise<void> {
  expectReturn(key);
  await outboxStore.update(user, key, (entry) =>
    entry.kind === 'message' ? wantedBack(entry) : entry,
  );
  await send(user, true);
}

/** A text that cannot be sent from here any more, when it is not needed any more. */
export async function forget(user: string, key: string): Promise<void> {
  await outboxStore.update(user, key, (entry) =>
    entry.kind === 'message' && entry.state.kind === 'over' ? null : entry,
  );
}

/** One pass at a time in this tab, and one more behind it for what came meanwhile. */
let running: Promise<void> | null = null;
let again: Promise<void> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

export function send(user: string, isUrgent: boolean): Promise<void> {
  if (running === null) {
    running = pass(user, isUrgent).finally(() => {
      running = null;
    });
    return running;
  }
  again ??= running.then(() => {
    again = null;
    return send(user, isUrgent);
  });
  return again;
}

/** After a pass that failed here (storage, not network). Unit: ms. */
const AFTER_FAILURE = 10_000;

/** Looked at again by then, whatever a clock that was set says. Unit: ms. */
const LONGEST_REST = 10 * 60_000;

function pauseUntil(due: number): number {
  return Math.min(Math.max(0, due - Date.now()), LONGEST_REST);
}

async function pass(user: string, isUrgent: boolean): Promise<void> {
  clearTimeout(timer);
  let due: number | null = Date.now() + AFTER_FAILURE;
  try {
    await asOneSender(() => flush(senderPorts, user, isUrgent));
    due = nextDue(await outboxStore.list(user), Date.now());
  } catch {
    // Storage that is gone for a moment (iOS ends it in the background): what waits is on the disk.
  }
  if (due !== null && user === current)
    timer = setTimeout(() => void send(user, false), pauseUntil(due));
}

let current: string | null = null;

async function summarise(user: string): Promise<void> {
  const entries = await outboxStore.list(user);
  if (user !== current) return;
  setQueuedChanges(entries.flatMap((entry) => (entry.kind === 'change' ? [entry.change] : [])));
  const messages = entries.flatMap((entry) => (entry.kind === 'message' ? [entry] : []));
  publishSummary({
    waiting: messages.filter((entry) => entry.state.kind === 'waiting').length,
    over: messages.filter((entry) => entry.state.kind === 'over').length,
  });
}

/** From now on what waits is sent whenever there may be a connection. Returns how to stop. */
export function startOutbox(user: string): () => void {
  current = user;
  const urgent = (): void => void send(user, true);
  const seen = (): void => {
    if (document.visibilityState === 'visible') urgent();
  };
  const guard = (event: BeforeUnloadEvent): void => {
    if (hasUnkept()) event.preventDefault();
  };
  const stops = [
    onChange('outbox', () => void summarise(user)),
    followNews((key) => void takeBack(user, key)),
    onUploadEnd((of) => {
      if (of === user.toLowerCase()) urgent();
    }),
    listen('online', urgent),
    listen('focus', urgent),
    listen('pageshow', urgent),
  ];
  document.addEventListener('visibilitychange', seen);
  addEventListener('beforeunload', guard);
  announceChange('outbox');
  urgent();
  return () => {
    current = null;
    clearTimeout(timer);
    setQueuedChanges([]);
    for (const stop of stops) stop();
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('beforeunload', guard);
    publishSummary({ waiting: 0, over: 0 });
  };
}

function listen(name: 'online' | 'focus' | 'pageshow', listener: () => void): () => void {
  addEventListener(name, listener);
  return () => removeEventListener(name, listener);
}

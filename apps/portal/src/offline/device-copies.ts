import type { PortalState } from '@holdfast/contracts';
import { CLIENT_HEADERS, queryClient, trpc } from '../api.ts';
import { keepOnDisk } from '../storage/keep-on-disk.ts';
import { openDatabase } from '../storage/open-database.ts';
import { keepAnswers, showKept } from './kept-mail.ts';
import { ownPhone } from './own-phone.ts';

/** Who was signed in last, as the pages need it to open without a connection. */
const LAST = { user: '', key: 'last-session' } as const;

interface LastSession {
  /** Of the API that told so. */
  readonly version: string;
  readonly state: PortalState;
  readonly asOf: number;
}

/** A session is over by then (`USER_SESSION_TIME`), though nobody could say so without a connection. Unit: ms. */
const LONGEST_UNSEEN = 7 * 24 * 3_600_000;
const VERSION = CLIENT_HEADERS['x-holdfast-client'];

function isLast(value: unknown): value is LastSession {
  if (typeof value !== 'object' || value === null || !('version' in value)) return false;
  return 'state' in value && 'asOf' in value && value.version === VERSION;
}

/** Opens the mailbox as it was seen last, unless the server has answered meanwhile. */
export async function openFromCopies(): Promise<void> {
  const database = await openDatabase();
  const last: unknown = (await database?.get('settings', [LAST.user, LAST.key]))?.value;
  if (!isLast(last) || last.state.user === null) return;
  if (Date.now() - last.asOf > LONGEST_UNSEEN) return wipe();
  await showKept(last.state.user.address);
  const key = trpc.session.state.queryKey();
  if (queryClient.getQueryState(key)?.data === undefined)
    queryClient.setQueryData(key, last.state, { updatedAt: last.asOf });
}

let kept: { readonly user: string; readonly stop: () => void } | null = null;

/**
 * Keeps copies while their owner is signed in on a device of their own and the event is active, and wipes them when any
 * of that is over: sign-out, an expired session, the event's end, somebody else, a no. What waits to be sent and what is
 * being written is never among them.
 */
export function followSession(state: PortalState): Promise<void> {
  // One after the other: what is still being written down must not come back behind a sign-out.
  following = following.catch(() => undefined).then(() => follow(state));
  return following;
}
let following: Promise<void> = Promise.resolve();

async function follow(state: PortalState): Promise<void> {
  const user = state.user?.address ?? null;
  const mayKeep = user !== null && state.access === 'open' && !state.mustChoosePassword;
  if (kept !== null && (kept.user !== user || !mayKeep)) {
    kept.stop();
    kept = null;
  }
  if (!mayKeep || ownPhone(user) !== 'yes') return wipe();
  const database = await openDatabase();
  const last: unknown = (await database?.get('settings', [LAST.user, LAST.key]))?.value;
  if (!isLast(last) || last.state.user?.address !== user) await wipe();
  const value: LastSession = { version: VERSION, state, asOf: Date.now() };
  try {
    await database?.put('settings', { ...LAST, value });
  } catch {
    // No room: then it opens with a connection.
  }
  kept ??= { user, stop: keepAnswers(user) };
}

async function wipe(): Promise<void> {
  await keepOnDisk(async (database) => {
    const transaction = database.transaction(['settings', 'mail'], 'readwrite');
    await Promise.all([
      transaction.objectStore('settings').delete([LAST.user, LAST.key]),
      // Of everybody on this device; drafts and what waits to be sent are not among them.
      transaction.objectStore('mail').clear(),
      transaction.done,
    ]);
  });
}

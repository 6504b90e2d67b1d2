import type { PortalState } from '@holdfast/contracts';
import { queryClient, trpc } from '../api.ts';
import { openDatabase } from '../storage/open-database.ts';
import { keepAnswers, showKept, wipeKept } from './kept-mail.ts';
import { ownPhone } from './own-phone.ts';

/** Who was signed in last, as the pages need it to open without a connection. */
const LAST = { user: '', key: 'last-session' } as const;

interface LastSession {
  readonly state: PortalState;
  readonly asOf: number;
}

function isLast(value: unknown): value is LastSession {
  return typeof value === 'object' && value !== null && 'state' in value && 'asOf' in value;
}

/** Opens the mailbox as it was seen last, unless the server has answered meanwhile. */
export async function openFromCopies(): Promise<void> {
  const database = await openDatabase();
  const last: unknown = (await database?.get('settings', [LAST.user, LAST.key]))?.value;
  if (!isLast(last) || last.state.user === null) return;
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
export async function followSession(state: PortalState): Promise<void> {
  const user = state.user?.address ?? null;
  const mayKeep = user !== null && state.access === 'open' && !state.mustChoosePassword;
  if (kept !== null && (kept.user !== user || !mayKeep)) {
    kept.stop();
    kept = null;
  }
  if (!mayKeep || ownPhone(user) !== 'yes') return wipe();
  const database = await openDatabase();
  const last: unknown = (await database?.get('settings', [LAST.user, LAST.key]))?.value;
  if (isLast(last) && last.state.user?.address !== user) await wipe();
  await database?.put('settings', { ...LAST, value: { state, asOf: Date.now() } });
  kept ??= { user, stop: keepAnswers(user) };
}

async function wipe(): Promise<void> {
  const database = await openDatabase();
  await database?.delete('settings', [LAST.user, LAST.key]);
  await wipeKept();
}

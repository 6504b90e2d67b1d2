import { newKey } from '../drafts/draft.ts';
import { openDatabase } from '../storage/open-database.ts';

const LOCK = 'holdfast-outbox';
/** A page that a phone has put to sleep may hold the lock for hours. Unit: ms. */
const LOCK_PATIENCE = 60_000;
/** How long a tab may go without saying that it still sends; only where there are no locks. Unit: ms. */
const LEASE = 90_000;

const own = newKey();

/**
 * Runs `work` in one tab at a time. Where that fails (a sleeping tab, no locks and no storage), two may send the same
 * message: its key makes that one mail, so order and traffic are all that suffers.
 */
export async function asOneSender(work: () => Promise<void>): Promise<void> {
  // Absent on plain HTTP, where a trial installation may run.
  if (!('locks' in navigator)) return withLease(work);
  try {
    await navigator.locks.request(LOCK, { signal: AbortSignal.timeout(LOCK_PATIENCE) }, work);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'TimeoutError') throw error;
    await navigator.locks.request(LOCK, { steal: true }, work);
  }
}

interface Lease {
  readonly holder: string;
  readonly until: number;
}

function isLease(value: unknown): value is Lease {
  return typeof value === 'object' && value !== null && 'holder' in value && 'until' in value;
}

/** Somebody else's lease means: they send it. Whoever comes later looks again. */
async function withLease(work: () => Promise<void>): Promise<void> {
  const database = await openDatabase();
  if (database === null) return work();
  const key = { user: '', key: LOCK };
  const transaction = database.transaction('settings', 'readwrite');
  const held: unknown = (await transaction.store.get([key.user, key.key]))?.value;
  const left = isLease(held) && held.holder !== own ? held.until - Date.now() : 0;
  // One that lasts longer than any can was written by a clock that has been set back since.
  const taken = left > 0 && left <= LEASE;
  if (!taken)
    await transaction.store.put({ ...key, value: { holder: own, until: Date.now() + LEASE } });
  await transaction.done;
  if (taken) return;
  try {
    await work();
  } finally {
    await database.delete('settings', [key.user, key.key]);
  }
}

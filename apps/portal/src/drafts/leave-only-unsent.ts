import type { QueuedMessage } from '../outbox/outbox-entry.ts';
import { openDatabase } from '../storage/open-database.ts';
import { isDraft, isSafe } from './draft.ts';

/**
 * What people who are signed in no more have left on this device and the server has goes: a session may have ended while
 * the page was closed. What it does not have stays for them alone, until they sign in again.
 */
export async function leaveOnlyUnsent(signedIn: string | null): Promise<void> {
  const database = await openDatabase();
  if (database === null) return;
  const isOthers = ({ user }: { readonly user: string }): boolean =>
    user !== signedIn?.toLowerCase();
  for (const { user, key, draft } of (await database.getAll('drafts')).filter(isOthers))
    if (isDraft(draft) && isSafe(draft)) await database.delete('drafts', [user, key]);
  for (const { user, key, entry } of (await database.getAll('outbox')).filter(isOthers))
    if (isSent(entry)) await database.delete('outbox', [user, key]);
  // What somebody has looked for. Without a user, it is the device's own.
  for (const { user, key } of (await database.getAll('settings')).filter(isOthers))
    if (user !== '') await database.delete('settings', [user, key]);
}

function isSent(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null || !('kind' in entry)) return false;
  const { kind, state, isWantedBack } = entry as QueuedMessage;
  // Nobody is there to take it back any more, and what it says is nobody else's business.
  return kind === 'message' && state.kind === 'sent' && !isWantedBack;
}

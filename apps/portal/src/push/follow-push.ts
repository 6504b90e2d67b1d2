import type { PortalState } from '@holdfast/contracts';
import { pushAnswer } from './push-answer.ts';
import { shouldBeSubscribed } from './push-standing.ts';
import { letGo, permissionNow, subscribe } from './subscription.ts';

/**
 * Keeps the browser's subscription in step with who is signed in: a new session of somebody who said yes is told again
 * without being asked, and with sign-out, an ended session, a closed mailbox or somebody else nothing comes any more.
 */
export async function followPush(state: PortalState): Promise<void> {
  const isIn =
    (state.access === 'open' || state.access === 'read-only') && !state.mustChoosePassword;
  const user = isIn ? (state.user?.address ?? null) : null;
  const wants = user !== null && pushAnswer(user) === 'yes';
  try {
    if (shouldBeSubscribed({ user, wants, permission: permissionNow() })) await subscribe();
    else await letGo();
  } catch {
    // No connection, or push is off meanwhile: the account page says how it stands, and the next opening tries again.
  }
}

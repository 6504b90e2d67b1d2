import { withMailbox, type UserActor } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';
import { pushKeys, refuseWithoutPush } from './push-keys.ts';

/**
 * What a browser needs to subscribe, and what the server knows of this device: a page compares both with what its
 * browser has. Refuses: `push.unavailable`, `mailbox.closed`.
 */
export async function readPushKey(
  ports: Ports,
  actor: UserActor,
): Promise<{ readonly publicKey: string; readonly endpoint: string | null }> {
  refuseWithoutPush(ports);
  const known = await withMailbox(ports, actor, 'read', ({ push }) => push.find(actor.sessionId));
  const { publicKey } = await pushKeys(ports);
  return { publicKey, endpoint: known?.endpoint ?? null };
}

import { auditEntry } from '../audit-entry.ts';
import { withUser, type UserActor } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';

/** This device is told nothing any more. */
export async function unsubscribeDevice(ports: Ports, actor: UserActor): Promise<void> {
  await withUser(ports, actor, async ({ push, audit }) => {
    if (await push.remove(actor.sessionId, null))
      await audit.append(auditEntry(ports, actor, 'push.unsubscribed', actor.userId));
  });
}

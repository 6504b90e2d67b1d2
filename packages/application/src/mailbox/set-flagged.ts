import type { Ports } from '../ports.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/** Sets or takes the flag for follow-up; after the event it is carried to Office 365. */
export async function setFlagged(
  ports: Ports,
  actor: UserActor,
  input: { readonly itemIds: readonly string[]; readonly isFlagged: boolean },
): Promise<void> {
  await withMailbox(ports, actor, 'write', ({ mailbox }) =>
    mailbox.setFlagged(actor.userId, input.itemIds, input.isFlagged, ports.clock.now()),
  );
}

import type { Ports } from '../ports.ts';
import type { MailboxListItem } from '../records/mail.ts';
import { MAILBOX_SHOWS } from './list-mailbox.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/** All messages of the conversation that an item belongs to, oldest first; nothing of it is marked as read. */
export async function readConversation(
  ports: Ports,
  actor: UserActor,
  input: { readonly itemId: string },
): Promise<{ readonly items: readonly MailboxListItem[]; readonly outageSince: number | null }> {
  return withMailbox(ports, actor, 'read', async ({ mailbox, events }) => {
    const now = ports.clock.now();
    const window = { since: now - MAILBOX_SHOWS, until: now };
    const items = await mailbox.conversation(actor.userId, input.itemId, window);
    const event = await events.current();
    return { items, outageSince: event?.outageSince ?? null };
  });
}

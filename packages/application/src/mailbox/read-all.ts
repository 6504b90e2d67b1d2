import type { Instant, MailFolder } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { MAILBOX_SHOWS } from './list-mailbox.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/**
 * Marks everything in a folder as read, or takes that back: `undoOf` is the instant that marking it told, and finds the same
 * messages, without those that came or were marked since.
 */
export async function readAll(
  ports: Ports,
  actor: UserActor,
  input: { readonly folder: MailFolder; readonly undoOf: Instant | null },
): Promise<{ readonly count: number; readonly at: Instant }> {
  const { folder, undoOf } = input;
  return withMailbox(ports, actor, 'read', async ({ mailbox }) => {
    const at = ports.clock.now();
    const window = { since: at - MAILBOX_SHOWS, until: at };
    const count =
      undoOf === null
        ? await mailbox.readAll(actor.userId, folder, window, at)
        : await mailbox.undoReadAll(actor.userId, folder, undoOf, at);
    return { count, at };
  });
}

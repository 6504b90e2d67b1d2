import { openStored } from '../mail-flow/stored-message.ts';
import type { Ports } from '../ports.ts';
import { notFound, refusalOfStore } from './read-message.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/** The message as it came, in pieces: whatever its size, little of it is in memory. Throws `mailbox.*`. */
export async function openSource(
  ports: Ports,
  actor: UserActor,
  input: { readonly itemId: string },
): Promise<{ readonly size: number; readonly content: AsyncIterable<Uint8Array> }> {
  const found = await withMailbox(ports, actor, 'read', ({ mailbox }) =>
    mailbox.get(actor.userId, input.itemId),
  );
  if (found === null) throw notFound();
  try {
    const stored = await openStored(ports, found.message);
    return { size: stored.size, content: stored.stream() };
  } catch (error) {
    throw refusalOfStore(ports, found.message, error);
  }
}

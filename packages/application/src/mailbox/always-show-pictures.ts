import { proveSender } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { bytesOf, notFound } from './read-message.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/**
 * Pictures of this message's sender are shown without asking from now on, or no longer. Only a sender whom our check has
 * proved can be chosen: for any other, whoever writes the name would be.
 */
export async function alwaysShowPictures(
  ports: Ports,
  actor: UserActor,
  input: { readonly itemId: string; readonly always: boolean },
): Promise<void> {
  const found = await withMailbox(ports, actor, 'read', ({ mailbox }) =>
    mailbox.get(actor.userId, input.itemId),
  );
  if (found === null) throw notFound();
  const address = found.item.from?.address.toLowerCase();
  if (address === undefined) throw notFound();
  if (input.always) {
    const message = await ports.format.read(await bytesOf(ports, found.message));
    const proof = proveSender({ results: message.authenticationResults, from: address });
    if (proof.verdict !== 'verified') {
      throw new Refusal(
        'mailbox.sender-unproved',
        'Whether this message is from its sender could not be proved, so its pictures are shown only when you ask.',
      );
    }
  }
  await withMailbox(ports, actor, 'read', ({ pictureSenders }) =>
    input.always
      ? pictureSenders.choose(actor.userId, address, ports.clock.now())
      : pictureSenders.forget(actor.userId, address),
  );
}

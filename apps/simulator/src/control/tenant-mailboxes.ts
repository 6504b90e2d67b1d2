import type { Mailbox } from '../mailbox/mailbox.ts';
import { primaryAddress } from '../tenant/directory.ts';
import { hasMailbox } from '../tenant/recipient.ts';
import type { World } from '../world.ts';

/** Every mailbox of the tenant; of a generated population only those that somebody has used. */
export function tenantMailboxes(world: World): Mailbox[] {
  const { directory, tenantMail } = world;
  const mailboxes: Mailbox[] = [];
  for (const recipient of directory.each()) {
    const address = hasMailbox(recipient) ? primaryAddress(recipient) : undefined;
    if (address === undefined) continue;
    const mailbox = directory.isGenerated(recipient.id)
      ? tenantMail.existing(address)
      : tenantMail.mailbox(address);
    if (mailbox !== undefined) mailboxes.push(mailbox);
  }
  return mailboxes;
}

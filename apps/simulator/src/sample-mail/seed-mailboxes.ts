import { sampleMail } from './sample-mail.ts';
import { domainOf, isTenantDomain, primaryAddress } from '../tenant/directory.ts';
import { hasMailbox } from '../tenant/recipient.ts';
import type { World } from '../world.ts';

/** New mail per mailbox and day; shared mailboxes get as much as people. */
const PER_DAY = 1;
/** What is older than this has been read. */
const UNREAD_HOURS = 20;

/** Fills the tenant's mailboxes with `world.sampleDays` days of mail. */
export async function seedMailboxes(world: World): Promise<void> {
  if (world.sampleDays === 0) return;
  const recipients = world.directory
    .users()
    .filter((user) => hasMailbox(user) && !world.directory.isGenerated(user.id))
    .filter((user) => user.purpose === 'user' || user.purpose === 'shared')
    .map(primaryAddress)
    .filter((address) => address !== undefined);
  const now = Date.now();
  const messages = await sampleMail({ days: world.sampleDays, recipients, perDay: PER_DAY, now });
  for (const message of messages) {
    const sent = isTenantDomain(domainOf(message.from));
    const isRead = sent || message.receivedAt < now - UNREAD_HOURS * 3_600_000;
    const { raw, receivedAt } = message;
    const details = { raw, receivedAt, isRead, createdAt: receivedAt, modifiedAt: receivedAt };
    if (sent) {
      await world.tenantMail.mailbox(message.from).store('sentitems', details);
    } else {
      for (const address of message.to) {
        await world.tenantMail.mailbox(address).store('inbox', details);
      }
    }
  }
}

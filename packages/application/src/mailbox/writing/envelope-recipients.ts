import { parseAddress, withoutSubaddress } from '@holdfast/domain';
import type { OrganisationRepositories } from '../../ports/repositories/organisation-repositories.ts';
import type { EnvelopeRecipient } from '../../ports/spool.ts';
import { Refusal } from '../../refusal.ts';

/** Every address once. Throws `mailbox.no-recipient` and `mailbox.bad-recipient`. */
export function readAddresses(typed: readonly string[]): readonly string[] {
  if (typed.length === 0)
    throw new Refusal('mailbox.no-recipient', 'Name at least one recipient.', {
      to: 'Name at least one recipient.',
    });
  const addresses = typed.map((one) => {
    const address = parseAddress(one);
    if (address === null) {
      const sentence = `“${one}” is not an email address.`;
      throw new Refusal('mailbox.bad-recipient', sentence, { to: sentence });
    }
    return address;
  });
  return [...new Set(addresses)];
}

/** Colleagues stay inside: their mail waits for the tenant and shows in their emergency mailbox at once. */
export async function envelopeRecipients(
  repositories: OrganisationRepositories,
  organisationId: string,
  addresses: readonly string[],
): Promise<readonly EnvelopeRecipient[]> {
  const own = new Map((await repositories.domains.list()).map((domain) => [domain.name, domain]));
  const recipients: EnvelopeRecipient[] = [];
  for (const address of addresses) {
    // Guests and contacts are in the directory too, and their mailbox is elsewhere: the domain decides.
    const domain = own.get(address.slice(address.lastIndexOf('@') + 1));
    const inside = domain !== undefined;
    const complete = domain?.recipientList.complete === true;
    const object = inside ? await repositories.directory.findByAddress(address) : null;
    if (inside && object === null && complete && withoutSubaddress(address) === address) {
      const sentence = `There is no ${address} in your organisation. Check the address.`;
      throw new Refusal('mailbox.bad-recipient', sentence, { to: sentence });
    }
    recipients.push({
      address,
      organisationId: inside ? organisationId : null,
      kind: object?.kind ?? null,
      protected: object?.protected ?? false,
      verdict: 'deliver',
      reason: 'clean',
    });
  }
  return recipients;
}

import { type Directory, primaryAddress } from '../tenant/directory.ts';
import type { DirectoryGroup, Recipient } from '../tenant/recipient.ts';
import type { TransportRules } from '../exchange/transport-rules.ts';
import type { Outage } from '../outage/outage.ts';
import type { MailStore } from './mail-store.ts';
import { readHeaders } from './read-headers.ts';

export interface DeliveryParts {
  readonly directory: Directory;
  readonly tenantMail: MailStore;
  readonly outsideMail: MailStore;
  readonly transportRules: TransportRules;
  readonly outage: Outage;
}

/** Groups below this depth are not expanded; Exchange stops at nesting loops, too. */
const MAX_GROUP_DEPTH = 10;

/** Puts one accepted message where the recipient's kind wants it. Called once per envelope recipient. */
export async function deliver(
  parts: DeliveryParts,
  recipient: Recipient,
  raw: Buffer,
): Promise<void> {
  const headers = await readHeaders(raw);
  const folder = parts.transportRules.isJunk(headers) ? 'junkemail' : 'inbox';
  for (const target of expand(parts.directory, recipient, 0)) {
    if (target.type === 'contact') {
      // Forwarding leaves the tenant: in the "outbound" outage Microsoft blocks it (550 5.7.705), others work on.
      if (parts.outage.shape !== 'outbound') {
        await parts.outsideMail.mailbox(target.externalAddress).deliver('inbox', { raw });
      }
      continue;
    }
    const address = primaryAddress(target);
    if (address !== undefined) {
      await parts.tenantMail.mailbox(address).deliver(folder, { raw });
    }
  }
}

/** The recipient itself and, for groups, everybody in them. A recipient appears once. */
function expand(directory: Directory, recipient: Recipient, depth: number): Recipient[] {
  if (recipient.type !== 'group' || depth >= MAX_GROUP_DEPTH) return [recipient];
  const members = membersOf(directory, recipient).flatMap((member) =>
    expand(directory, member, depth + 1),
  );
  return [...new Set([recipient, ...members])];
}

export function membersOf(directory: Directory, group: DirectoryGroup): Recipient[] {
  return group.members
    .map((address) => directory.resolve(address))
    .filter((member) => member !== undefined);
}

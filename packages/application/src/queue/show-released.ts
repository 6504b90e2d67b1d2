import { withoutSubaddress, type Instant } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DeliveryRecord, NewMailboxItem } from '../records/mail.ts';

/**
 * Mail in quarantine is shown in no emergency mailbox; released, it is shown to the protected recipient, or to the
 * protected members of the group, as ingest would have shown it.
 */
export async function showReleased(
  ports: Pick<Ports, 'identifiers'>,
  r: Pick<OrganisationRepositories, 'directory' | 'mailbox' | 'notify' | 'push'>,
  released: readonly DeliveryRecord[],
  at: Instant,
): Promise<void> {
  const items: NewMailboxItem[] = [];
  for (const delivery of released) {
    for (const { userId, viaGroup } of await readersOf(r, delivery.recipient)) {
      items.push({
        id: ports.identifiers.uuid(),
        messageId: delivery.messageId,
        acceptedAt: delivery.acceptedAt,
        userId,
        folder: 'inbox',
        viaGroup,
      });
    }
  }
  if (items.length === 0) return;
  await r.mailbox.show(items, at);
  const [first] = released;
  if (first === undefined) return;
  const userIds = [...new Set(items.map(({ userId }) => userId))];
  const oldest = Math.min(...released.map(({ acceptedAt }) => acceptedAt));
  await r.push.shownLate(userIds, oldest);
  await r.notify({ channel: 'mailbox', organisationId: first.organisationId, userIds });
}

async function readersOf(
  { directory }: Pick<OrganisationRepositories, 'directory'>,
  recipient: string,
): Promise<readonly { readonly userId: string; readonly viaGroup: string | null }[]> {
  const object =
    (await directory.findByAddress(recipient)) ??
    (await directory.findByAddress(withoutSubaddress(recipient)));
  if (object === null) return [];
  if (object.protected) return [{ userId: object.id, viaGroup: null }];
  if (object.kind !== 'group' && object.kind !== 'dynamic-group') return [];
  const members = await directory.membersOf([object.primaryAddress]);
  const users = await directory.getMany(members.get(object.primaryAddress) ?? []);
  return users
    .filter((user) => user.protected)
    .map((user) => ({ userId: user.id, viaGroup: object.displayName }));
}

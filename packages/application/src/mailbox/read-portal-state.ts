import type { EmergencyEvent, MailboxAccess } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { accessOf, type UserActor } from './user-access.ts';

export interface PortalStateModel {
  readonly user: { readonly name: string; readonly address: string } | null;
  readonly organisation: string | null;
  readonly access: MailboxAccess;
  readonly event: EmergencyEvent | null;
}

/** What the portal's frame shows: who, what is going on, and what they may do now. */
export async function readPortalState(
  ports: Ports,
  actor: UserActor | null,
): Promise<PortalStateModel> {
  if (actor === null) return { user: null, organisation: null, access: 'closed', event: null };
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const user = await repositories.directory.get(actor.userId);
    const organisation = await repositories.organisation.get();
    const access = await accessOf(ports, repositories, actor.userId);
    return {
      user: user === null ? null : { name: user.displayName, address: user.primaryAddress },
      organisation: organisation.name,
      access,
      event: access === 'closed' ? null : await repositories.events.current(),
    };
  });
}

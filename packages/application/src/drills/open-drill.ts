import { portalAccess, type Drill, type EmergencyEvent, type PortalAccess } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';

export interface UserStanding {
  readonly access: PortalAccess;
  /** The one that is open for the organisation, whoever it covers. */
  readonly event: EmergencyEvent | null;
  /** The user's latest drill, running or over; null also while an event is open, which goes before it. */
  readonly drill: Drill | null;
}

/** Every question of the portal about what is going on for somebody is answered here. */
export async function standingOf(
  ports: Pick<Ports, 'clock'>,
  { events, drills }: Pick<OrganisationRepositories, 'events' | 'drills'>,
  userId: string,
): Promise<UserStanding> {
  const event = await events.current();
  const drill = event === null ? await drills.latestOf(userId) : null;
  return { access: portalAccess(event, drill, userId, ports.clock.now()), event, drill };
}

import type { EmergencyEvent } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { changeEvent } from './change-event.ts';

/**
 * Takes back a start: silently before the notices left; after that users are told, and credentials are revoked. After
 * a relapse the event goes back to recovering: the mail of its first part may still be on the way.
 */
export async function undoEvent(ports: Ports, actor: Actor): Promise<EmergencyEvent> {
  return ports.database.withinOrganisation(actor.organisationId, (repositories) =>
    changeEvent(ports, actor, repositories, () => ({ type: 'undo', at: ports.clock.now() })),
  );
}

import type { EmergencyEvent } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { measureEvent, type EventProgress } from './read-event-state.ts';

/** An event that was just changed, in numbers. */
export async function readEventProgress(
  ports: Ports,
  actor: Actor,
  event: EmergencyEvent,
): Promise<EventProgress> {
  return ports.database.withinOrganisation(actor.organisationId, (repositories) =>
    measureEvent(repositories, event),
  );
}

import { DEFAULT_EVENT_POLICY, type EmergencyEvent } from '@holdfast/domain';
import { END_ANYWAY } from '@holdfast/contracts';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { changeEvent } from './change-event.ts';

/**
 * Ends the event: relay goes on with everything, sent mail is put back, users are told. While Office 365 is not healthy
 * it needs the typed words: users would be sent back to mailboxes that do not open.
 */
export async function endEvent(
  ports: Ports,
  actor: Actor,
  input: { readonly typed: string },
): Promise<EmergencyEvent> {
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const health = await repositories.health.get();
    const unhealthy = health !== null && (health.state === 'down' || health.state === 'suspect');
    if (unhealthy && input.typed.trim().toLowerCase() !== END_ANYWAY) {
      throw new Refusal(
        'input.invalid',
        `Office 365 is not healthy yet. To end the event all the same, type “${END_ANYWAY}”.`,
        { typed: `Type “${END_ANYWAY}”.` },
      );
    }
    return changeEvent(ports, actor, repositories, () => ({
      type: 'end',
      at: ports.clock.now(),
      policy: DEFAULT_EVENT_POLICY,
    }));
  });
}

import type { EmergencyEvent } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { queueCarryBack } from './carry-back.ts';
import { queuePutBack } from './put-back-sent-mail.ts';

/**
 * Tries once more what could not be put back, as after a permission was granted. Refuses: `event.not-recovering`. Resolves
 * to how many there are.
 */
export async function retryPutBack(
  ports: Ports,
  actor: Actor,
): Promise<{ readonly event: EmergencyEvent; readonly tried: number }> {
  const { organisationId } = actor;
  return ports.database.withinOrganisation(organisationId, async (repositories) => {
    const event = await repositories.events.current();
    if (event?.phase !== 'recovering')
      throw new Refusal('event.not-recovering', 'The event is not recovering.');
    const now = ports.clock.now();
    await repositories.putBack.reopen(event.id);
    const tried =
      (await queuePutBack(repositories, organisationId, event, now, now)) +
      (await queueCarryBack(repositories, organisationId, event, now, now));
    await repositories.audit.append(
      auditEntry(ports, actor, 'event.put-back-retried', event.id, { tried }),
    );
    return { event, tried };
  });
}

import type { EmergencyEvent, RunningDrill } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { AdministratorRecord } from '../records/people.ts';
import type { OrganisationRecord } from '../records/organisation.ts';

export interface AdministratorSessionReading {
  readonly administrator: AdministratorRecord;
  readonly organisation: OrganisationRecord;
  readonly connected: boolean;
  readonly event: EmergencyEvent | null;
  /** The oldest of those that run. */
  readonly drill: RunningDrill | null;
}

/** What the frame of every page shows. Refuses: `session.required` when the administrator is gone. */
export async function readAdministratorSession(
  ports: Ports,
  actor: Extract<Actor, { kind: 'administrator' }>,
): Promise<AdministratorSessionReading> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const administrators = await r.accounts.administrators();
    const administrator = administrators.find(({ id }) => id === actor.administratorId);
    if (administrator === undefined) throw new Refusal('session.required', 'Sign in again.');
    return {
      administrator,
      organisation: await r.organisation.get(),
      connected: (await r.connection.get()) !== null,
      event: await r.events.current(),
      drill: (await r.drills.running())[0] ?? null,
    };
  });
}

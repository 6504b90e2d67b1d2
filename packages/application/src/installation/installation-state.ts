import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { InstallationStepRecord, OrganisationRecord } from '../records/organisation.ts';

export interface InstallationStateReading {
  readonly organisation: OrganisationRecord;
  readonly steps: readonly InstallationStepRecord[];
}

/** Whether Email Continuity is installed, and how far its steps on the Office 365 side are. */
export async function installationState(
  ports: Ports,
  actor: Actor,
): Promise<InstallationStateReading> {
  return ports.database.withinOrganisation(actor.organisationId, readInstallation);
}

/** The same, inside the caller's transaction. */
export async function readInstallation(
  r: Pick<OrganisationRepositories, 'organisation'>,
): Promise<InstallationStateReading> {
  return { organisation: await r.organisation.get(), steps: await r.organisation.steps() };
}

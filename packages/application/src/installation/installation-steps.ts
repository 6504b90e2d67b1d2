import type { JobName } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { InstallationStepName, InstallationStepRecord } from '../records/organisation.ts';

export const INSTALLATION_STEPS: readonly InstallationStepName[] = ['copy-lists', 'exchange'];

/** Marks a step as waiting and sends its job; inside the caller's transaction. `attempt` tells retries apart. */
export async function beginStep(
  ports: Pick<Ports, 'clock'>,
  r: Pick<OrganisationRepositories, 'organisation' | 'jobs'>,
  organisationId: string,
  step: InstallationStepName,
  before: InstallationStepRecord | null,
): Promise<void> {
  const at = ports.clock.now();
  await r.organisation.saveStep({
    step,
    state: 'waiting',
    detail: 'waiting for Office 365',
    added: before?.added ?? [],
    at,
  });
  const name: Extract<JobName, `installation.${string}`> = `installation.${step}`;
  await r.jobs.send({
    name,
    payload: { organisationId },
    id: `${name}:${organisationId}:${at}`,
    startAfter: null,
  });
}

/** The result of a step, in a transaction of its own. */
export async function finishStep(
  ports: Pick<Ports, 'clock' | 'database'>,
  organisationId: string,
  result: Pick<InstallationStepRecord, 'step' | 'state' | 'detail'>,
): Promise<void> {
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const before = (await r.organisation.steps()).find(({ step }) => step === result.step);
    await r.organisation.saveStep({
      ...result,
      added: before?.added ?? [],
      at: ports.clock.now(),
    });
  });
}

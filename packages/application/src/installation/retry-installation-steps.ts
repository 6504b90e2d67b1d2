import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { installationMissing } from './installation-missing.ts';
import { readInstallation, type InstallationStateReading } from './installation-state.ts';
import { beginStep, INSTALLATION_STEPS } from './installation-steps.ts';

/** Begins every step again that is not done. Refuses: `installation.not-done`. */
export async function retryInstallationSteps(
  ports: Ports,
  actor: Actor,
): Promise<InstallationStateReading> {
  const { organisationId } = actor;
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const { installedAt } = await r.organisation.lock();
    if (installedAt === null) throw installationMissing();
    const before = await r.organisation.steps();
    const again = INSTALLATION_STEPS.filter(
      (step) => before.find((record) => record.step === step)?.state !== 'done',
    );
    for (const step of again) {
      const known = before.find((record) => record.step === step) ?? null;
      await beginStep(ports, r, organisationId, step, known);
    }
    if (again.length > 0) {
      await r.audit.append(
        auditEntry(ports, actor, 'installation.retried', again.join(', '), { steps: again }),
      );
    }
    return readInstallation(r);
  });
}

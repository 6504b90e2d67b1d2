import { isProtectableDomain } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { checkSeats } from '../users/check-seats.ts';
import { ineligibleRefusal } from '../users/choose-users.ts';
import { protectUsers } from '../users/protect-users.ts';
import { planInstallation, type InstallChoice } from './installation-plan.ts';
import { readInstallation, type InstallationStateReading } from './installation-state.ts';
import { beginStep, INSTALLATION_STEPS } from './installation-steps.ts';

/**
 * Installs Email Continuity: protects the chosen users, and sends the jobs that copy the lists, allow our addresses and
 * tell the users. `all` leaves out what cannot be protected; naming such an object is refused. Refuses:
 * `installation.already-done`, `users.ineligible`, `plan.not-enough-seats`, and as `planInstallation` does.
 */
export async function install(
  ports: Ports,
  actor: Actor,
  choice: InstallChoice,
): Promise<InstallationStateReading> {
  const { organisationId } = actor;
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const organisation = await r.organisation.lock();
    if (organisation.installedAt !== null) {
      throw new Refusal(
        'installation.already-done',
        'Email Continuity is installed already. Choose who is protected on the users page.',
      );
    }
    const chosen = await planInstallation(r, organisation, choice);
    const named = choice.protect.kind === 'users';
    if ((named && chosen.ineligible.length > 0) || chosen.eligible.length === 0) {
      throw ineligibleRefusal(chosen.ineligible);
    }
    checkSeats(organisation.plan, chosen.eligible.length);
    await r.organisation.save({
      installedAt: ports.clock.now(),
      protectNewUsers: choice.protectNewUsers,
    });
    await protectUsers(ports, r, actor, chosen.eligible);
    // Who could have been chosen and was not has been left out.
    const names = (await r.domains.list()).filter(isProtectableDomain).map(({ name }) => name);
    await r.directory.settleNewcomers(names);
    const before = await r.organisation.steps();
    for (const step of INSTALLATION_STEPS) {
      const known = before.find((record) => record.step === step) ?? null;
      await beginStep(ports, r, organisationId, step, known);
    }
    for (const { name } of (await r.domains.list()).filter(isProtectableDomain)) {
      await r.jobs.send({
        name: 'domain.check',
        payload: { organisationId, name },
        id: `domain.check:${organisationId}:${name}:installed`,
        startAfter: null,
      });
    }
    await r.audit.append(
      auditEntry(ports, actor, 'organisation.installed', organisation.name, {
        choice: choice.protect.kind,
        protected: chosen.eligible.length,
        protectNewUsers: choice.protectNewUsers,
      }),
    );
    await r.notify({ channel: 'snapshot' });
    return readInstallation(r);
  });
}

import { CHECK_EVERY, isProtectableDomain } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { systemActor } from '../audit-entry.ts';
import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import { checkDomain } from './check-domain.ts';
import { Refusal } from '../refusal.ts';
import { findProtectableDomain } from './find-domain.ts';
import { listDomains } from './list-domains.ts';

/** Looks at DNS at once: most of the time of a look is waiting, and a silent resolver must not hold up fifty domains. */
const AT_ONCE = 5;

/** The check on schedule: every domain whose time has come. Returns how many were looked at. */
export async function checkDueDomains(ports: Ports, actor: Actor): Promise<number> {
  const now = ports.clock.now();
  const names = await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const due = await r.domainWatch.due(now);
    const protectable = (await r.domains.list()).filter(isProtectableDomain);
    return due.filter((name) => protectable.some((domain) => domain.name === name));
  });
  await checkEach(ports, actor, names);
  return names.length;
}

/** Every domain that can be protected, at once: for whoever asks. */
export async function checkAllDomains(ports: Ports, actor: Actor): Promise<void> {
  const domains = (await listDomains(ports, actor)).filter(isProtectableDomain);
  await checkEach(
    ports,
    actor,
    domains.map(({ name }) => name),
  );
}

async function checkEach(ports: Ports, actor: Actor, names: readonly string[]): Promise<void> {
  const waiting = [...names];
  const lane = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      try {
        await checkDomain(ports, actor, { name });
      } catch (error) {
        // One domain that was removed meanwhile must not keep the others from being checked.
        ports.log.warn('a domain could not be checked', { name, error: String(error) });
        await postpone(ports, actor, name);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** Else it would be due again at once, and fail again. */
async function postpone(ports: Ports, actor: Actor, name: string): Promise<void> {
  const at = ports.clock.now() + CHECK_EVERY;
  await ports.database.withinOrganisation(actor.organisationId, (r) =>
    r.domainWatch.saveNextCheck(name, at),
  );
}

/**
 * Looks at the domain as often as its TTL makes sense, once a minute at most, until then: while its MX moves. Null ends
 * it. Refuses: `domains.unknown`, `domains.initial`.
 */
export async function watchDomain(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string; readonly until: number | null },
): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    await findProtectableDomain(r, input.name);
    await r.domainWatch.watch(input.name, input.until);
  });
}

/** One check as a job: what the installation asks for, so that the records to enter are there at once. */
export async function checkDomainJob(ports: Ports, job: Job<'domain.check'>): Promise<void> {
  const { organisationId, name } = job.payload;
  try {
    await checkDomain(ports, systemActor(organisationId), { name });
  } catch (error) {
    // Removed in Office 365 meanwhile: nothing is left to check, and trying again would not change it.
    if (!(error instanceof Refusal)) throw error;
    ports.log.info('domain not checked', { name, error: error.message });
  }
}

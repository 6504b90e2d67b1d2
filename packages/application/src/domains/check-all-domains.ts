import { isProtectableDomain } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { systemActor } from '../audit-entry.ts';
import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import { checkDomain } from './check-domain.ts';
import { Refusal } from '../refusal.ts';
import { listDomains } from './list-domains.ts';

/** The check on schedule, one domain after another. Returns the names of those that are not right. */
export async function checkAllDomains(ports: Ports, actor: Actor): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { name } of (await listDomains(ports, actor)).filter(isProtectableDomain)) {
    try {
      const checked = await checkDomain(ports, actor, { name });
      if (checked.state !== 'correct') wrong.push(name);
    } catch (error) {
      // One domain that was removed meanwhile must not keep the others from being checked.
      ports.log.warn('a domain could not be checked', { name, error: String(error) });
    }
  }
  return wrong;
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

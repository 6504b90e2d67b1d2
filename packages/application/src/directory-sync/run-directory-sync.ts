import { systemActor } from '../audit-entry.ts';
import type { Job } from '../jobs.ts';
import { requireCredentials } from '../organisations/open-credentials.ts';
import { tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type { TenantDomainWithRoute } from '../ports/office365/tenant-directory.ts';
import { Refusal } from '../refusal.ts';
import type { SyncRunRecord } from '../records/organisation.ts';
import { applyDirectory } from './apply-directory.ts';
import { beat, readTenant, RunLostError, type RunUnderWay } from './read-tenant.ts';

/**
 * Job `directory.sync`: reads the tenant into a staging place, then applies it in one transaction, so that a run that
 * fails has changed nothing. A failure at Microsoft ends the run in words and is not tried again by itself; anything
 * else is thrown, so that the job is.
 */
export async function runDirectorySync(ports: Ports, job: Job<'directory.sync'>): Promise<void> {
  const { organisationId, runId, allowRemovals = false } = job.payload;
  const run = await beginRun(ports, organisationId, runId);
  if (run === null) return;
  try {
    const credentials = await requireCredentials(ports, organisationId);
    const reading = await readTenant(ports, run, credentials);
    await refuseForeignDomains(ports, organisationId, reading.domains);
    await beat(ports, run, 'applying');
    await applyDirectory(ports, systemActor(organisationId), { run, reading, allowRemovals });
  } catch (error) {
    if (error instanceof RunLostError) {
      ports.log.warn('directory sync given up: it is in other hands', { organisationId, runId });
      return;
    }
    const words = failureWords(error);
    await endRun(ports, run, words);
    if (words === null) throw error;
    ports.log.warn('directory sync failed', { organisationId, runId, error: String(error) });
  }
}

/** Taken up again when it is `running`: the process that ran it is gone, or is told so at its next sign of life. */
async function beginRun(
  ports: Ports,
  organisationId: string,
  runId: string,
): Promise<RunUnderWay | null> {
  const owner = ports.identifiers.uuid();
  const now = ports.clock.now();
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const claimed = await r.syncRuns.claim(runId, owner, now);
    if (claimed === null) return null;
    await r.intake.clear();
    const { fullPass } = claimed;
    return { organisationId, runId, owner, fullPass, seen: 0, phase: 'reading', beatenAt: now };
  });
}

/** A domain belongs to one organisation (architecture, tenancy): another tenant's claim on it is for people to sort out. */
async function refuseForeignDomains(
  ports: Ports,
  organisationId: string,
  domains: readonly TenantDomainWithRoute[],
): Promise<void> {
  const names = domains.filter((domain) => domain.isVerified).map(({ name }) => name);
  const owners = await ports.database.acrossOrganisations((system) => system.domainOwners(names));
  const foreign = owners.filter((owner) => owner.organisationId !== organisationId);
  if (foreign.length === 0) return;
  const list = foreign.map(({ name }) => name).join(', ');
  throw new Refusal(
    'domains.owned-by-another',
    `Set up already for another organisation of this Holdfast: ${list}. Nothing was changed here. Remove it there, or connect the tenant that it belongs to.`,
  );
}

async function endRun(ports: Ports, run: RunUnderWay, words: string | null): Promise<void> {
  const now = ports.clock.now();
  const { runId, owner, seen, phase } = run;
  await ports.database.withinOrganisation(run.organisationId, async (r) => {
    if (!(await r.syncRuns.beat(runId, owner, { seen, phase, at: now }))) return;
    await r.intake.clear();
    const record = await r.syncRuns.get(runId);
    if (record === null) return;
    const ended: SyncRunRecord = {
      ...record,
      state: words === null ? 'waiting' : 'failed',
      finishedAt: words === null ? null : now,
      phase: null,
      detail: words ?? 'It failed here and is tried again.',
    };
    await r.syncRuns.save(ended);
  });
}

/** Null: not a failure that an administrator can do something about. */
function failureWords(error: unknown): string | null {
  if (error instanceof TenantError) return tenantFailureWords(error);
  return error instanceof Refusal ? error.message : null;
}

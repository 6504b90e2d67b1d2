import { SECOND } from '@holdfast/domain';
import { systemActor } from '../audit-entry.ts';
import type { Job } from '../jobs.ts';
import { requireCredentials } from '../organisations/open-credentials.ts';
import { tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type { DirectoryReading } from '../ports/office365/tenant-directory.ts';
import { Refusal } from '../refusal.ts';
import type { SyncRunRecord } from '../records/organisation.ts';
import { applyReading } from './apply-reading.ts';

/** Progress is written at most this often. Unit: milliseconds. */
const PROGRESS_EVERY = 1 * SECOND;

/**
 * Job `directory.sync`: reads the tenant, then applies what was read in one transaction. A failure at Microsoft ends
 * the run in words and is not tried again by itself; anything else is thrown, so that the job is.
 */
export async function runDirectorySync(ports: Ports, job: Job<'directory.sync'>): Promise<void> {
  const { organisationId, runId, allowRemovals = false } = job.payload;
  const run = await beginRun(ports, organisationId, runId);
  if (run === null) return;
  try {
    const reading = await readTenant(ports, organisationId, run);
    await refuseForeignDomains(ports, organisationId, reading);
    await applyReading(ports, systemActor(organisationId), { run, reading, allowRemovals });
  } catch (error) {
    const words = failureWords(error);
    await saveRun(ports, organisationId, {
      ...run,
      state: words === null ? 'waiting' : 'failed',
      finishedAt: words === null ? null : ports.clock.now(),
      detail: words ?? 'It failed here and is tried again.',
    });
    if (words === null) throw error;
    ports.log.warn('directory sync failed', { organisationId, runId, error: String(error) });
  }
}

async function beginRun(
  ports: Ports,
  organisationId: string,
  runId: string,
): Promise<SyncRunRecord | null> {
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const found = await r.syncRuns.get(runId);
    // `running` is taken up again: the process that ran it before is gone, else the job would not be here.
    if (found === null || (found.state !== 'waiting' && found.state !== 'running')) return null;
    const run: SyncRunRecord = { ...found, state: 'running' };
    await r.syncRuns.save(run);
    return run;
  });
}

/** Reads the tenant and keeps the number of objects seen so far in the run, for the page that watches. */
async function readTenant(
  ports: Ports,
  organisationId: string,
  run: SyncRunRecord,
): Promise<DirectoryReading> {
  const credentials = await requireCredentials(ports, organisationId);
  let writing: Promise<void> = Promise.resolve();
  let writtenAt = ports.clock.now();
  let busy = false;
  const progress = (seen: number): void => {
    const now = ports.clock.now();
    if (busy || now - writtenAt < PROGRESS_EVERY) return;
    writtenAt = now;
    busy = true;
    writing = saveRun(ports, organisationId, { ...run, seen })
      .catch((error: unknown) => {
        ports.log.warn('sync progress was not written', { error: String(error) });
      })
      .finally(() => {
        busy = false;
      });
  };
  try {
    return await ports.directory.read(credentials, progress);
  } finally {
    await writing;
  }
}

/** A domain belongs to one organisation (architecture, tenancy): another tenant's claim on it is for people to sort out. */
async function refuseForeignDomains(
  ports: Ports,
  organisationId: string,
  reading: DirectoryReading,
): Promise<void> {
  const names = reading.domains.filter((domain) => domain.isVerified).map(({ name }) => name);
  const owners = await ports.database.acrossOrganisations((system) => system.domainOwners(names));
  const foreign = owners.filter((owner) => owner.organisationId !== organisationId);
  if (foreign.length === 0) return;
  const list = foreign.map(({ name }) => name).join(', ');
  throw new Refusal(
    'domains.owned-by-another',
    `Set up already for another organisation of this Holdfast: ${list}. Nothing was changed here. Remove it there, or connect the tenant that it belongs to.`,
  );
}

async function saveRun(ports: Ports, organisationId: string, run: SyncRunRecord): Promise<void> {
  await ports.database.withinOrganisation(organisationId, (r) => r.syncRuns.save(run));
}

/** Null: not a failure that an administrator can do something about. */
function failureWords(error: unknown): string | null {
  if (error instanceof TenantError) return tenantFailureWords(error);
  return error instanceof Refusal ? error.message : null;
}

import { MINUTE } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { actorName } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { connectionMissing } from '../organisations/open-credentials.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import type { SyncRunRecord } from '../records/organisation.ts';

/** A run that has not finished by then has died with its process. Unit: milliseconds. */
export const SYNC_RUN_PATIENCE = 15 * MINUTE;

/**
 * Asks for a directory sync in the background. With `allowRemovals` it removes however many are gone, unless an event is
 * open or the primary in doubt. Refuses: `connection.missing`, `directory.sync-running`.
 */
export async function requestDirectorySync(
  ports: Ports,
  actor: Actor,
  options: { readonly allowRemovals: boolean } = { allowRemovals: false },
): Promise<SyncRunRecord> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    await r.organisation.lock();
    return queueSyncRun(ports, r, actor, options);
  });
}

/** One run and its job, inside the caller's transaction, which holds the organisation's lock. */
export async function queueSyncRun(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  { allowRemovals }: { readonly allowRemovals: boolean },
): Promise<SyncRunRecord> {
  if ((await r.connection.get()) === null) throw connectionMissing();
  await refuseWhileRunning(ports, r);
  const { organisationId } = actor;
  const run: SyncRunRecord = {
    id: ports.identifiers.uuid(),
    state: 'waiting',
    startedAt: ports.clock.now(),
    finishedAt: null,
    seen: 0,
    added: 0,
    changed: 0,
    removed: 0,
    detail: null,
    requestedBy: actorName(actor),
  };
  await r.syncRuns.save(run);
  await r.jobs.send({
    name: 'directory.sync',
    payload: { organisationId, runId: run.id, allowRemovals },
    id: `directory.sync:${run.id}`,
    startAfter: null,
  });
  const action = allowRemovals ? 'directory.removals-allowed' : 'directory.sync-requested';
  await r.audit.append(auditEntry(ports, actor, action, run.id));
  return run;
}

async function refuseWhileRunning(ports: Ports, r: OrganisationRepositories): Promise<void> {
  const now = ports.clock.now();
  const latest = await r.syncRuns.latest();
  if (latest === null || (latest.state !== 'waiting' && latest.state !== 'running')) return;
  if (latest.startedAt > now - SYNC_RUN_PATIENCE) {
    throw new Refusal(
      'directory.sync-running',
      'Mailboxes are being refreshed already. The page shows the result when it is there.',
    );
  }
  const detail = 'It did not finish within 15 minutes.';
  await r.syncRuns.save({ ...latest, state: 'failed', finishedAt: now, detail });
}

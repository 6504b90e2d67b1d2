import { MINUTE } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { actorName } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { connectionMissing } from '../organisations/open-credentials.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import type { SyncRunRecord } from '../records/organisation.ts';

/** A run that nobody has begun by then has no worker. Unit: milliseconds. */
export const SYNC_RUN_PATIENCE = 15 * MINUTE;
/** A run that gave no sign of life for so long has died with its process. Unit: milliseconds. */
export const SYNC_RUN_SILENCE = 2 * MINUTE;

export interface SyncOptions {
  /** However much may go: an administrator has seen the figures. Default: no. */
  readonly allowRemovals?: boolean;
  /** Read everything anew, not only what changed. Default: no. */
  readonly full?: boolean;
}

/**
 * Asks for a directory sync in the background. With `allowRemovals` it removes however many are gone, unless an event is
 * open or the primary in doubt. Refuses: `connection.missing`, `directory.sync-running`.
 */
export async function requestDirectorySync(
  ports: Ports,
  actor: Actor,
  options: SyncOptions = {},
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
  { allowRemovals = false, full = false }: SyncOptions,
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
    fullPass: full,
    phase: null,
    heartbeatAt: null,
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
  if (!isDead(latest, now)) {
    throw new Refusal(
      'directory.sync-running',
      'Mailboxes are being refreshed already. The page shows the result when it is there.',
    );
  }
  const detail = 'It stopped half-way and was replaced by a new one.';
  await r.syncRuns.save({ ...latest, state: 'failed', finishedAt: now, phase: null, detail });
}

export function isDead(run: SyncRunRecord, now: number): boolean {
  return run.state === 'running'
    ? (run.heartbeatAt ?? run.startedAt) < now - SYNC_RUN_SILENCE
    : run.startedAt < now - SYNC_RUN_PATIENCE;
}

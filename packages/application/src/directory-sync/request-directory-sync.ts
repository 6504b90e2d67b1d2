import { MINUTE } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { actorName } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { connectionMissing } from '../organisations/open-credentials.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { SyncRunRecord } from '../records/organisation.ts';

/** A run that has not finished by then has died with its process. Unit: milliseconds. */
export const SYNC_RUN_PATIENCE = 15 * MINUTE;

/** Asks for a directory sync in the background. Refuses: `connection.missing`, `directory.sync-running`. */
export async function requestDirectorySync(ports: Ports, actor: Actor): Promise<SyncRunRecord> {
  const { organisationId } = actor;
  return ports.database.withinOrganisation(organisationId, async (r) => {
    await r.organisation.lock();
    if ((await r.connection.get()) === null) throw connectionMissing();
    const now = ports.clock.now();
    const latest = await r.syncRuns.latest();
    if (latest !== null && (latest.state === 'waiting' || latest.state === 'running')) {
      if (latest.startedAt > now - SYNC_RUN_PATIENCE) {
        throw new Refusal(
          'directory.sync-running',
          'Mailboxes are being refreshed already. The page shows the result when it is there.',
        );
      }
      const detail = 'It did not finish within 15 minutes.';
      await r.syncRuns.save({ ...latest, state: 'failed', finishedAt: now, detail });
    }
    const run: SyncRunRecord = {
      id: ports.identifiers.uuid(),
      state: 'waiting',
      startedAt: now,
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
      payload: { organisationId, runId: run.id },
      id: `directory.sync:${run.id}`,
      startAfter: null,
    });
    await r.audit.append(auditEntry(ports, actor, 'directory.sync-requested', run.id));
    return run;
  });
}

import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { SyncRunRecord } from '../records/organisation.ts';
import { queueSyncRun } from './request-directory-sync.ts';

/**
 * Goes on after a run that stopped to ask: a new run reads the tenant again, and its removals are allowed, once. An
 * open event or a doubtful primary still forbids them. Refuses: `directory.nothing-to-confirm` when that run does not
 * wait for an answer or is not the latest, `connection.missing`, `directory.sync-running`.
 */
export async function confirmDirectorySync(
  ports: Ports,
  actor: Actor,
  input: { readonly runId: string },
): Promise<SyncRunRecord> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    await r.organisation.lock();
    const latest = await r.syncRuns.latest();
    const asked = await r.syncRuns.get(input.runId);
    const open = asked?.state === 'needs-confirmation';
    // A later run has newer numbers: those are the ones to confirm. One that runs is refused as such.
    const replaced =
      latest?.id !== asked?.id && latest?.state !== 'waiting' && latest?.state !== 'running';
    if (!open || replaced) {
      throw new Refusal(
        'directory.nothing-to-confirm',
        'This refresh does not wait for an answer any more. Look at the latest one.',
      );
    }
    return queueSyncRun(ports, r, actor, { allowRemovals: true });
  });
}

import type { Ports } from '../ports.ts';
import { isDead } from './request-directory-sync.ts';

/**
 * Takes up a run whose process died: the queue would do so only when the job's time is over. The run begins anew; what
 * the dead one left in staging is thrown away, and should it live after all, its next sign of life tells it to stop.
 */
export async function resumeDirectorySync(ports: Ports, organisationId: string): Promise<boolean> {
  const now = ports.clock.now();
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const latest = await r.syncRuns.latest();
    if (latest?.state !== 'running' || !isDead(latest, now)) return false;
    ports.log.warn('directory sync taken up again', { organisationId, runId: latest.id });
    await r.jobs.send({
      name: 'directory.sync',
      // Confirmed removals are not carried over: the guard asks again.
      payload: { organisationId, runId: latest.id },
      id: `directory.sync:${latest.id}:${latest.heartbeatAt ?? latest.startedAt}`,
      startAfter: null,
    });
    return true;
  });
}

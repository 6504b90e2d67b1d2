import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';

/** Job handler: what was on its way to the database when the drill ended. */
export async function clearDrillMail(ports: Ports, job: Job<'drill.clear-mail'>): Promise<void> {
  const { organisationId, drillId } = job.payload;
  await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const drill = await repositories.drills.get(drillId);
    if (drill?.phase !== 'over') return;
    const userIds = await repositories.drills.clearMail(drillId);
    if (userIds.length > 0)
      await repositories.notify({ channel: 'mailbox', organisationId, userIds });
  });
}

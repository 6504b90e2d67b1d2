import { DAY } from '@holdfast/domain';
import type { Ports } from '../../ports.ts';

/** A late device may still ask about a draft that is over for as long as a late outbox is accepted, and some days more. */
const OVER_KEPT_FOR = 30 * DAY;
/** A draft that nobody wrote at. */
const OPEN_KEPT_FOR = 90 * DAY;
/** A file that no draft names, since its latest piece. */
const UNUSED_KEPT_FOR = 7 * DAY;

/** Drafts and attachments whose time is over. Nothing is removed that an open draft needs. */
export async function removeOldWriting(
  ports: Pick<Ports, 'database' | 'clock'>,
  organisationId: string,
): Promise<{ readonly drafts: number; readonly files: number }> {
  const now = ports.clock.now();
  return ports.database.withinOrganisation(organisationId, async (repositories) => ({
    drafts: await repositories.drafts.removeOld({
      over: now - OVER_KEPT_FOR,
      open: now - OPEN_KEPT_FOR,
    }),
    files: await repositories.uploads.removeUnused(now - UNUSED_KEPT_FOR),
  }));
}

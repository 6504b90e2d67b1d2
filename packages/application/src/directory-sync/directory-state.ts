import { decideEligibility } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { SyncRunRecord } from '../records/organisation.ts';

export interface DirectoryStateReading {
  readonly syncedAt: number | null;
  /** Exchange listed every recipient at the last sync. */
  readonly complete: boolean;
  readonly latest: SyncRunRecord | null;
  readonly counts: {
    readonly eligible: number;
    readonly ineligible: number;
    readonly protected: number;
  };
}

/** How far the directory is known: last sync, and how many can be protected. */
export async function directoryState(ports: Ports, actor: Actor): Promise<DirectoryStateReading> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const organisation = await r.organisation.get();
    const domains = await r.domains.list();
    const objects = await r.directory.all();
    const eligible = objects.filter((object) => decideEligibility(object, domains).eligible).length;
    return {
      syncedAt: organisation.directorySyncedAt,
      complete: organisation.directoryComplete,
      latest: await r.syncRuns.latest(),
      counts: {
        eligible,
        ineligible: objects.length - eligible,
        protected: objects.filter((object) => object.protected).length,
      },
    };
  });
}

import { isProtectableDomain, RECIPIENT_LIST_MAX_AGE } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { DomainRecord, SyncRunRecord } from '../records/organisation.ts';

export interface RecipientListReading {
  readonly domain: DomainRecord;
  /** Complete, and too old to refuse anybody: as mx takes it. */
  readonly stale: boolean;
}

export interface DirectoryStateReading {
  readonly syncedAt: number | null;
  /** Every domain's list of recipients is complete and less than a day old. */
  readonly complete: boolean;
  readonly guardPercent: number;
  readonly lists: readonly RecipientListReading[];
  readonly latest: SyncRunRecord | null;
  readonly counts: {
    readonly eligible: number;
    /** Of the eligible, those whose account is switched off. */
    readonly switchedOff: number;
    readonly ineligible: number;
    readonly protected: number;
  };
}

/** How far the directory is known: last sync, and how many can be protected. */
export async function directoryState(ports: Ports, actor: Actor): Promise<DirectoryStateReading> {
  const now = ports.clock.now();
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const organisation = await r.organisation.get();
    const lists = (await r.domains.list()).filter(isProtectableDomain).map((domain) => {
      const { complete, asOf } = domain.recipientList;
      return { domain, stale: complete && (asOf === null || now - asOf >= RECIPIENT_LIST_MAX_AGE) };
    });
    const counts = await r.directory.counts(lists.map(({ domain }) => domain.name));
    return {
      syncedAt: organisation.directorySyncedAt,
      complete:
        lists.length > 0 &&
        lists.every(({ domain, stale }) => domain.recipientList.complete && !stale),
      guardPercent: organisation.syncGuardPercent,
      lists,
      latest: await r.syncRuns.latest(),
      counts: {
        eligible: counts.eligible,
        switchedOff: counts.switchedOff,
        ineligible: counts.total - counts.eligible,
        protected: counts.protected,
      },
    };
  });
}

import { compareLists, type ListDifference } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { listSurroundings } from '../installation/list-surroundings.ts';
import { placeEntries } from '../installation/place-entries.ts';
import { requireCredentials } from '../organisations/open-credentials.ts';
import { refuseTenantFailure } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import type { TenantListsReading } from '../ports/office365/tenant-lists.ts';
import type { CopiedItemRecord } from '../records/lists.ts';
import type { ListEntryRecord } from '../records/organisation.ts';

export interface TenantComparison {
  readonly at: number;
  readonly difference: ListDifference<ListEntryRecord, ListEntryRecord>;
  /** In Office 365, and never taken over, with the reason. */
  readonly refused: readonly CopiedItemRecord[];
  readonly notFiltered: TenantListsReading['notFiltered'];
  /** Sections that could not be read: what they hold may be missing on their side. */
  readonly sections: TenantListsReading['sections'];
  /** Users for whom single policies apply, by id. */
  readonly addresses: ReadonlyMap<string, string>;
}

/**
 * Reads the lists of Office 365 now and lays them beside ours; nothing is changed. What users keep in their mailboxes is
 * not read for it: that is one call for each. Refuses: `connection.missing`, `connection.failed`.
 */
export async function compareWithTenant(ports: Ports, actor: Actor): Promise<TenantComparison> {
  const { organisationId } = actor;
  const credentials = await requireCredentials(ports, organisationId);
  const reading = await refuseTenantFailure(() => ports.tenantLists.read(credentials));
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const around = await listSurroundings(r, reading.rules);
    const { entries, items } = placeEntries(ports, reading, { ...around, existing: [] });
    const policyUsers = new Set(entries.map(({ forUserId }) => forUserId));
    const here = around.existing.filter(
      ({ forUserId, note }) =>
        forUserId === null || (policyUsers.has(forUserId) && !note.startsWith('Junk')),
    );
    const ids = [...policyUsers].filter((id): id is string => id !== null);
    const users = await r.directory.getMany(ids);
    return {
      at: ports.clock.now(),
      difference: compareLists(here, entries),
      refused: items.filter(({ outcome }) => outcome === 'refused'),
      notFiltered: reading.notFiltered,
      sections: reading.sections,
      addresses: new Map(users.map(({ id, primaryAddress }) => [id, primaryAddress])),
    };
  });
}

import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { ListEntryRecord } from '../records/organisation.ts';

export interface ListsReading {
  readonly entries: readonly ListEntryRecord[];
  /** When the lists were copied from the tenant, completely; null while they were not. */
  readonly copiedAt: number | null;
  /** What became of the copy, in words; null before installation. */
  readonly copyDetail: string | null;
}

/** Allow and block list of the organisation. */
export async function readLists(ports: Ports, actor: Actor): Promise<ListsReading> {
  return ports.database.withinOrganisation(actor.organisationId, listsWithin);
}

/** The same, inside the caller's transaction. */
export async function listsWithin(
  r: Pick<OrganisationRepositories, 'organisation' | 'lists'>,
): Promise<ListsReading> {
  const { listsCopiedAt } = await r.organisation.get();
  const step = (await r.organisation.steps()).find((record) => record.step === 'copy-lists');
  return {
    entries: await r.lists.forEveryone(),
    copiedAt: listsCopiedAt,
    copyDetail: step?.detail ?? null,
  };
}

import {
  isProtectableDomain,
  type ListEntry,
  type MxSnapshot,
  type SnapshotDomain,
  type SnapshotRecipient,
  type SnapshotScopedLists,
} from '@holdfast/domain';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../ports/database.ts';
import type { SnapshotStore } from '../ports/snapshot-store.ts';
import type { ListEntryRecord } from '../records/organisation.ts';
import type { DirectoryRecord } from '../records/people.ts';

interface OrganisationPart {
  readonly organisationId: string;
  readonly domains: readonly SnapshotDomain[];
  readonly recipients: readonly SnapshotRecipient[];
  readonly lists: MxSnapshot['lists'][string];
  readonly scopedLists: MxSnapshot['scopedLists'];
  readonly wrappedKey: string;
}

/**
 * Gathers what mx needs of every installed organisation and writes it to disk when it differs from what is there.
 * Every kind of object is a recipient, protected or not (invariant 3). Returns whether a new one was written.
 */
export async function refreshSnapshot(
  ports: { readonly database: Database; readonly clock: Clock },
  store: SnapshotStore,
): Promise<boolean> {
  const organisations = await ports.database.acrossOrganisations((system) =>
    system.organisations(),
  );
  const parts: OrganisationPart[] = [];
  for (const organisation of organisations) {
    if (organisation.installedAt !== null) parts.push(await gather(ports, organisation.id));
  }
  const before = await store.read();
  const content = {
    domains: parts.flatMap((part) => part.domains),
    recipients: parts.flatMap((part) => part.recipients),
    lists: Object.fromEntries(parts.map((part) => [part.organisationId, part.lists])),
    scopedLists: parts.flatMap((part) => part.scopedLists),
    organisationKeys: Object.fromEntries(
      parts.map((part) => [part.organisationId, part.wrappedKey]),
    ),
  };
  if (before !== null && sameContent(before, content)) return false;
  await store.write({
    version: (before?.version ?? 0) + 1,
    writtenAt: ports.clock.now(),
    ...content,
  });
  return true;
}

async function gather(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  organisationId: string,
): Promise<OrganisationPart> {
  return database.withinOrganisation(organisationId, async (repositories) => {
    const organisation = await repositories.organisation.get();
    const domains = (await repositories.domains.list()).filter(isProtectableDomain);
    const names = new Set(domains.map(({ name }) => name));
    const addresses = await repositories.directory.addressesWithin([...names]);
    const entries = await repositories.lists.all();
    const owners = new Set(entries.flatMap(({ forUserId }) => forUserId ?? []));
    const users = await repositories.directory.getMany([...owners]);
    return {
      organisationId,
      domains: domains.map((domain) => ({
        name: domain.name,
        organisationId,
        nextHops: [...domain.tenantMx]
          .toSorted((a, b) => a.preference - b.preference)
          .map((mx) => mx.exchange),
        completeness: domain.recipientList.complete ? ('complete' as const) : ('partial' as const),
        syncedAt: domain.recipientList.asOf ?? 0,
        filterMode: domain.filterMode,
        trustedHops: domain.trustedHops,
      })),
      recipients: addresses.map((known) => ({ ...known, organisationId })),
      wrappedKey: organisation.wrappedKey,
      ...listsOf(entries, users, names, clock.now()),
    };
  });
}

/** Entries that have run out are left behind; one that runs out later takes its hour along, for mx asks nobody. */
function listsOf(
  all: readonly ListEntryRecord[],
  users: readonly DirectoryRecord[],
  domains: ReadonlySet<string>,
  now: number,
): Pick<OrganisationPart, 'lists' | 'scopedLists'> {
  const inForce = all.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
  const scopes = Map.groupBy(inForce, ({ forDomain, forUserId }) => forUserId ?? forDomain ?? '');
  const everyone = scopes.get('') ?? [];
  scopes.delete('');
  const addressesOf = new Map(
    users.filter(({ removedAt }) => removedAt === null).map(({ id, addresses }) => [id, addresses]),
  );
  const scopedLists = [...scopes].flatMap(([scope, records]): readonly SnapshotScopedLists[] => {
    const addresses = addressesOf.get(scope);
    const entries = records.map(toEntry);
    if (addresses !== undefined) return [{ domain: null, addresses, entries }];
    return domains.has(scope) ? [{ domain: scope, addresses: [], entries }] : [];
  });
  return { lists: { entries: everyone.map(toEntry) }, scopedLists };
}

function toEntry({ kind, type, value, expiresAt }: ListEntryRecord): ListEntry {
  return { kind, type, value, ...(expiresAt === null ? {} : { expiresAt }) };
}

function sameContent(
  before: MxSnapshot,
  content: Omit<MxSnapshot, 'version' | 'writtenAt'>,
): boolean {
  const { domains, recipients, lists, scopedLists, organisationKeys } = before;
  return (
    JSON.stringify({ domains, recipients, lists, scopedLists, organisationKeys }) ===
    JSON.stringify(content)
  );
}

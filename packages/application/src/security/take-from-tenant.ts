import { readListEntry, writeListEntry, type ListKind } from '@holdfast/domain';
import { actorName, type Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import type { ListEntryRecord } from '../records/organisation.ts';
import { listsWithin, type ListsReading } from './read-lists.ts';

export interface ChosenEntry {
  readonly kind: ListKind;
  /** As `writeListEntry` writes it. */
  readonly value: string;
  readonly forDomain: string | null;
  readonly forUserId: string | null;
  readonly expiresAt: number | null;
  /** Where it stands in Office 365. */
  readonly note: string;
  /** Our entry that it takes the place of; null: it comes beside what is there. */
  readonly replaces: string | null;
}

/**
 * Takes over what an administrator chose from the difference to Office 365. Refuses `lists.not-an-entry`,
 * `lists.own-domain`, `lists.range-too-wide`, `domains.unknown`, `users.unknown`; then nothing is taken.
 */
export async function takeFromTenant(
  ports: Ports,
  actor: Actor,
  input: { readonly entries: readonly ChosenEntry[] },
): Promise<ListsReading> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const ownDomains = (await r.domains.list()).map(({ name }) => name);
    await checkRecipients(r, input.entries, ownDomains);
    const entries = input.entries.map((chosen) => read(ports, actor, chosen, ownDomains));
    const replaced = await r.lists.remove(
      input.entries.flatMap(({ replaces }) => (replaces === null ? [] : [replaces])),
    );
    await r.lists.add(entries);
    await r.audit.append(
      auditEntry(ports, actor, 'lists.taken-over', `${entries.length} entries`, {
        entries: entries.map((entry) => `${entry.kind} ${writeListEntry(entry)}`),
        replaced: replaced.map((entry) => `${entry.kind} ${writeListEntry(entry)}`),
      }),
    );
    await r.notify({ channel: 'snapshot' });
    return listsWithin(r);
  });
}

function read(
  ports: Pick<Ports, 'clock' | 'identifiers'>,
  actor: Actor,
  chosen: ChosenEntry,
  ownDomains: readonly string[],
): ListEntryRecord {
  const { kind, value, forDomain, forUserId, expiresAt, note } = chosen;
  const reading = readListEntry(kind, value, ownDomains);
  if (!reading.ok)
    throw new Refusal(
      `lists.${reading.refusal}`,
      `"${value}" cannot be used. Nothing was taken over.`,
    );
  return {
    ...reading.entry,
    id: ports.identifiers.uuid(),
    forDomain,
    forUserId,
    expiresAt,
    source: 'tenant',
    note,
    addedBy: actorName(actor),
    addedAt: ports.clock.now(),
  };
}

async function checkRecipients(
  r: Pick<OrganisationRepositories, 'directory'>,
  entries: readonly ChosenEntry[],
  ownDomains: readonly string[],
): Promise<void> {
  const strange = entries.find(
    ({ forDomain }) => forDomain !== null && !ownDomains.includes(forDomain),
  );
  if (strange !== undefined)
    throw new Refusal('domains.unknown', `${strange.forDomain ?? ''} is not one of your domains.`);
  const ids = new Set(entries.flatMap(({ forUserId }) => (forUserId === null ? [] : [forUserId])));
  if ((await r.directory.getMany([...ids])).length < ids.size)
    throw new Refusal('users.unknown', 'One of the users is not in the directory any more.');
}

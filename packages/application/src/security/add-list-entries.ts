import {
  MAX_ORGANISATION_ENTRIES,
  readListEntry,
  writeListEntry,
  type ListEntryRefusal,
  type ListKind,
} from '@holdfast/domain';
import type { ErrorCode } from '@holdfast/contracts';
import type { Actor } from '../actor.ts';
import { actorName } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import type { ListEntryRecord } from '../records/organisation.ts';
import { listsWithin, type ListsReading } from './read-lists.ts';

export interface AddListEntriesInput {
  readonly kind: ListKind;
  /** One address, domain, IP address or range each. */
  readonly values: readonly string[];
  readonly note: string;
  /** From then on the entries say nothing; null: they never run out. */
  readonly expiresAt: number | null;
}

const CODES: Readonly<Record<ListEntryRefusal, ErrorCode>> = {
  'not-an-entry': 'lists.not-an-entry',
  'own-domain': 'lists.own-domain',
  'range-too-wide': 'lists.range-too-wide',
};

const WORDS: Readonly<Record<ListEntryRefusal, string>> = {
  'not-an-entry': 'is no e-mail address, domain, IP address or range',
  'own-domain':
    'is one of your own domains: allowing it would let everyone pass who pretends to be a colleague',
  'range-too-wide': 'is too wide: at most /24 for IPv4 and /48 for IPv6',
};

/**
 * Adds entries to the allow or block list, all or none. Entries that are there already are left as they are. Refuses:
 * `lists.not-an-entry`, `lists.own-domain`, `lists.range-too-wide` with a sentence per line (`values.<index>`), and
 * `lists.already-there` when nothing is new, `lists.full`.
 */
export async function addListEntries(
  ports: Ports,
  actor: Actor,
  input: AddListEntriesInput,
): Promise<ListsReading> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const ownDomains = (await r.domains.list()).map((domain) => domain.name);
    const entries = readListLines(ports, actor, input, ownDomains);
    const there = (await r.lists.forEveryone()).length;
    checkRoom(there + entries.length, MAX_ORGANISATION_ENTRIES, 'Lists');
    await addEntries(ports, r, actor, input, entries);
    return listsWithin(r);
  });
}

/** Refuses `lists.full`. */
export function checkRoom(wanted: number, most: number, whose: string): void {
  if (wanted <= most) return;
  throw new Refusal(
    'lists.full',
    `${whose} hold ${most} entries at most. Remove entries that are no longer needed, or write neighbouring ones as one domain or range.`,
  );
}

/** Writes, or refuses `lists.already-there` when nothing is new. */
export async function addEntries(
  ports: Pick<Ports, 'clock'>,
  r: Pick<OrganisationRepositories, 'audit' | 'lists' | 'notify'>,
  actor: Actor,
  input: Pick<AddListEntriesInput, 'kind' | 'note'>,
  entries: readonly ListEntryRecord[],
): Promise<void> {
  const added = await r.lists.add(entries);
  if (added === 0) {
    const list = input.kind === 'allow' ? 'allow list' : 'block list';
    throw new Refusal('lists.already-there', `Everything you entered is on the ${list} already.`);
  }
  await recordAddedEntries(ports, r, actor, input, entries);
}

/** The audit entry, and the word to mx that lists have changed. */
export async function recordAddedEntries(
  ports: Pick<Ports, 'clock'>,
  r: Pick<OrganisationRepositories, 'audit' | 'notify'>,
  actor: Actor,
  { kind, note }: Pick<AddListEntriesInput, 'kind' | 'note'>,
  entries: readonly ListEntryRecord[],
): Promise<void> {
  await r.audit.append(
    auditEntry(ports, actor, 'lists.added', `${entries.length} to the ${kind} list`, {
      kind,
      user: entries[0]?.forUserId ?? null,
      values: entries.map(writeListEntry),
      note,
    }),
  );
  await r.notify({ channel: 'snapshot' });
}

export function readListLines(
  ports: Pick<Ports, 'clock' | 'identifiers'>,
  actor: Actor,
  input: AddListEntriesInput,
  ownDomains: readonly string[],
): readonly ListEntryRecord[] {
  const entries = new Map<string, ListEntryRecord>();
  const fields: Record<string, string> = {};
  let first: ListEntryRefusal | null = null;
  for (const [position, value] of input.values.entries()) {
    const reading = readListEntry(input.kind, value, ownDomains);
    if (!reading.ok) {
      first ??= reading.refusal;
      fields[`values.${position}`] = `"${value}" ${WORDS[reading.refusal]}.`;
      continue;
    }
    entries.set(`${reading.entry.type} ${reading.entry.value}`, {
      ...reading.entry,
      id: ports.identifiers.uuid(),
      forDomain: null,
      forUserId: null,
      expiresAt: input.expiresAt,
      source: 'administrator',
      note: input.note,
      addedBy: actorName(actor),
      addedAt: ports.clock.now(),
    });
  }
  if (first === null) return [...entries.values()];
  const sentences = Object.values(fields);
  const message =
    sentences.length === 1
      ? `${sentences.join('')} Nothing was added.`
      : `${sentences.length} lines cannot be used. Nothing was added; correct the marked lines.`;
  throw new Refusal(CODES[first], message, fields);
}

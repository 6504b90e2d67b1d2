import {
  DEFAULT_POLICY,
  policyAudiences,
  readTenantListEntry,
  type ListEntry,
  type ListEntryRefusal,
  type PolicyAudience,
  type PolicyRecipient,
} from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { TenantListItem, TenantListsReading } from '../ports/office365/tenant-lists.ts';
import type { CopiedItemRecord } from '../records/lists.ts';
import type { ListEntryRecord } from '../records/organisation.ts';

/** Entries that a policy for some users may become, one for each of them. Beyond that it is for a person to decide. */
const MAX_SPREAD = 20_000;
/** Characters of a note, as an administrator may write one. */
const LONGEST_NOTE = 200;
/** Who added what came from the tenant. */
const COPIED_BY = 'system';

export interface PlacedEntries {
  /** As they are to stand here, each once. */
  readonly entries: readonly ListEntryRecord[];
  /** What became of each thing that was read. */
  readonly items: readonly CopiedItemRecord[];
  /** Policies that apply to nobody. */
  readonly idlePolicies: readonly string[];
}

export interface Surroundings {
  readonly ownDomains: readonly string[];
  readonly recipients: readonly PolicyRecipient[];
  /** What stands on our lists already. */
  readonly existing: readonly ListEntryRecord[];
  /** How many entries the lists may hold. */
  readonly room: number;
}

/**
 * Gives each entry of Office 365 its place on our lists: normalised, for those to whom its policy applies, the same from
 * two sources once with both named. Nothing is left out silently.
 */
export function placeEntries(
  ports: Pick<Ports, 'clock' | 'identifiers'>,
  reading: Pick<TenantListsReading, 'items' | 'rules'>,
  around: Surroundings,
): PlacedEntries {
  const audiences = policyAudiences(reading.rules, around.recipients);
  const places = createPlaces(ports, around);
  const idle = new Set<string>();
  const perPolicy = Map.groupBy(reading.items, ({ source, policy }) => `${source} ${policy}`);
  const items = reading.items.flatMap((item): readonly CopiedItemRecord[] => {
    const audience = audienceOf(item, audiences);
    if (audience.kind === 'nobody') {
      idle.add(item.policy);
      return [
        places.refuse(item, 'The policy applies to nobody: it has no rule that is in force.'),
      ];
    }
    const entry = readTenantListEntry(item.kind, item.value, around.ownDomains);
    if (!entry.ok) return [places.refuse(item, REFUSED_BECAUSE[entry.refusal])];
    const ofPolicy = perPolicy.get(`${item.source} ${item.policy}`)?.length ?? 0;
    return places.put(item, entry.entry, audience, ofPolicy);
  });
  return { entries: places.entries(), items, idlePolicies: [...idle] };
}

/** Lists of the tenant and the connection filter are for everyone; so is the default policy. */
function audienceOf(
  { source, policy }: TenantListItem,
  audiences: ReadonlyMap<string, PolicyAudience>,
): PolicyAudience {
  if (source !== 'content-filter' || policy === DEFAULT_POLICY) return { kind: 'everyone' };
  return audiences.get(policy) ?? { kind: 'nobody' };
}

export const REFUSED_BECAUSE: Readonly<Record<ListEntryRefusal, string>> = {
  'own-domain':
    'One of your own domains: allowing it would let everyone pass who pretends to be a colleague.',
  'range-too-wide': 'Too wide: at most /24 for IPv4 and /48 for IPv6.',
  'not-an-entry': 'No address, domain or range that we can filter by.',
};

interface Place {
  readonly forDomain: string | null;
  readonly forUserId: string | null;
}

const EVERYONE: Place = { forDomain: null, forUserId: null };

function createPlaces(
  ports: Pick<Ports, 'clock' | 'identifiers'>,
  { existing, room }: Pick<Surroundings, 'existing' | 'room'>,
) {
  const there = new Set(existing.map((entry) => keyOf(entry, entry)));
  const placed = new Map<string, ListEntryRecord>();

  function record(
    item: TenantListItem,
    outcome: CopiedItemRecord['outcome'],
    rest: Pick<CopiedItemRecord, 'type' | 'value' | 'reason'> & Place,
  ): CopiedItemRecord {
    const { source, policy, kind, value: raw, expiresAt } = item;
    const id = ports.identifiers.uuid();
    const copiedAt = ports.clock.now();
    return { id, source, policy, kind, raw, outcome, expiresAt, copiedAt, ...rest };
  }

  /** Whether it is new. */
  function add(item: TenantListItem, entry: ListEntry, place: Place): boolean {
    const key = keyOf(entry, place);
    const known = placed.get(key);
    if (known !== undefined) placed.set(key, joined(known, item));
    if (known !== undefined || there.has(key)) return false;
    placed.set(key, {
      ...entry,
      ...place,
      id: ports.identifiers.uuid(),
      expiresAt: item.expiresAt,
      source: 'tenant',
      note: sourceWords(item),
      addedBy: COPIED_BY,
      addedAt: ports.clock.now(),
    });
    return true;
  }

  const refuse = (item: TenantListItem, reason: string): CopiedItemRecord =>
    record(item, 'refused', { type: null, value: null, reason, ...EVERYONE });

  return {
    refuse,
    entries: (): readonly ListEntryRecord[] => [...placed.values()],
    put(
      item: TenantListItem,
      entry: ListEntry,
      audience: Exclude<PolicyAudience, { kind: 'nobody' }>,
      /** Entries of the same policy, which are all spread alike. */
      ofPolicy: number,
    ): readonly CopiedItemRecord[] {
      const targets = targetsOf(audience);
      if (audience.kind === 'users' && targets.length * ofPolicy > MAX_SPREAD) {
        const reason = `For ${targets.length} recipients one by one, which are too many. Add it for everyone or for a domain if that is what you want.`;
        return [refuse(item, reason)];
      }
      if (there.size + placed.size + targets.length > room)
        return [refuse(item, 'The list is full.')];
      const results = targets.map((place) => ({ place, isNew: add(item, entry, place) }));
      const { type, value } = entry;
      if (audience.kind !== 'users') {
        return results.map(({ place, isNew }) =>
          record(item, isNew ? 'copied' : 'doubled', { type, value, reason: null, ...place }),
        );
      }
      const outcome = results.some(({ isNew }) => isNew) ? 'copied' : 'doubled';
      const reason =
        targets.length === 1
          ? 'For the one recipient of this policy.'
          : `For the ${targets.length} recipients of this policy.`;
      return [record(item, outcome, { type, value, reason, ...EVERYONE })];
    },
  };
}

function targetsOf(audience: Exclude<PolicyAudience, { kind: 'nobody' }>): readonly Place[] {
  switch (audience.kind) {
    case 'everyone':
      return [EVERYONE];
    case 'domains':
      return audience.domains.map((forDomain) => ({ forDomain, forUserId: null }));
    case 'users':
      return audience.ids.map((forUserId) => ({ forDomain: null, forUserId }));
  }
}

function keyOf(entry: Pick<ListEntry, 'kind' | 'type' | 'value'>, place: Place): string {
  const { kind, type, value } = entry;
  return `${kind} ${type} ${value} ${place.forDomain ?? ''} ${place.forUserId ?? ''}`;
}

/** Two sources that say the same: both are named, and the later end holds. */
function joined(known: ListEntryRecord, item: TenantListItem): ListEntryRecord {
  const source = sourceWords(item);
  const note = known.note.includes(source) ? known.note : `${known.note}; ${source}`;
  const ends = [known.expiresAt, item.expiresAt];
  const expiresAt = ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0));
  return { ...known, expiresAt, note: note.slice(0, LONGEST_NOTE) };
}

function sourceWords({ source, policy }: Pick<TenantListItem, 'source' | 'policy'>): string {
  switch (source) {
    case 'content-filter':
      return `Anti-spam policy "${policy}"`;
    case 'connection-filter':
      return `Connection filter policy "${policy}"`;
    case 'tenant-list':
      return 'Tenant Allow/Block List';
    case 'junk-settings':
      return 'Junk settings of the mailbox';
  }
}

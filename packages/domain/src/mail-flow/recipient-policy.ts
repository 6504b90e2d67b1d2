import { domainOf, localPartOf, withoutSubaddress, type Address } from '../domains/address.ts';
import type { DirectoryKind } from '../directory/directory-object.ts';
import { DAY, type Instant } from '../instant.ts';
import type { FilterLists } from '../lists/filter-lists.ts';

/** How old a complete recipient list may be and still justify a permanent refusal. */
export const RECIPIENT_LIST_MAX_AGE = DAY;
/** How long an Office 365 "yes" given at RCPT time is remembered. */
export const CALL_OUT_MEMORY = 30 * DAY;

export type FilterMode = 'none' | 'filter-removed' | 'filter-in-front';

export interface SnapshotDomain {
  readonly name: string;
  readonly organisationId: string;
  /** Host names of the tenant for this domain, from Graph `serviceConfigurationRecords`, best preference first. */
  readonly nextHops: readonly string[];
  /** `complete`: Exchange permission or an administrator's attestation says that no recipient is missing. */
  readonly completeness: 'complete' | 'partial';
  readonly syncedAt: Instant;
  readonly filterMode: FilterMode;
  /** Hops of a third-party filter in front of us (addresses or CIDR ranges), trusted in mode `filter-in-front`. */
  readonly trustedHops: readonly string[];
}

export interface SnapshotRecipient {
  readonly address: Address;
  readonly organisationId: string;
  readonly kind: DirectoryKind;
  readonly protected: boolean;
}

/** Entries for some recipients of an organisation only, beside those for all of them. */
export interface SnapshotScopedLists {
  /** Recipients in this domain; null: those of `addresses`. */
  readonly domain: string | null;
  /** Every address of one user. */
  readonly addresses: readonly Address[];
  readonly entries: FilterLists['entries'];
}

/** What mx knows. Written by `ingest`, read by `mx`, which must work from it alone (invariant 2). */
export interface MxSnapshot {
  /** Grows by one with every written snapshot. */
  readonly version: number;
  readonly writtenAt: Instant;
  readonly domains: readonly SnapshotDomain[];
  readonly recipients: readonly SnapshotRecipient[];
  readonly lists: Readonly<Record<string, FilterLists>>;
  readonly scopedLists: readonly SnapshotScopedLists[];
  /** Organisation → its key, sealed: mx opens it and seals bodies under it (a message is never kept in clear). */
  readonly organisationKeys: Readonly<Record<string, string>>;
}

export type RecipientDecision =
  | {
      readonly decision: 'accept';
      readonly domain: SnapshotDomain;
      readonly recipient: SnapshotRecipient | null;
    }
  | { readonly decision: 'ask-primary'; readonly domain: SnapshotDomain }
  | { readonly decision: 'unknown'; readonly reply: '550 5.1.1' }
  | { readonly decision: 'not-ours'; readonly reply: '550 5.7.1' }
  | { readonly decision: 'no-snapshot'; readonly reply: '451 4.3.0' };

/** What mx looks up in; built once per snapshot so that a RCPT costs two map look-ups. */
export interface RecipientIndex {
  readonly version: number;
  domain(name: string): SnapshotDomain | undefined;
  recipient(address: Address): SnapshotRecipient | undefined;
  /** The organisation's lists, and those of the recipient's domain. */
  lists(organisationId: string, domain: string): readonly FilterLists[];
  userLists(address: Address): FilterLists | undefined;
}

const NO_LISTS: readonly FilterLists[] = [];

export function indexSnapshot(snapshot: MxSnapshot): RecipientIndex {
  const domains = new Map(snapshot.domains.map((domain) => [domain.name, domain]));
  const recipients = new Map(
    snapshot.recipients.map((recipient) => [recipient.address, recipient]),
  );
  const lists = new Map(Object.entries(snapshot.lists).map(([id, list]) => [id, [list]]));
  const domainLists = new Map<string, readonly FilterLists[]>();
  const userLists = new Map<Address, FilterLists>();
  for (const scoped of snapshot.scopedLists) {
    for (const address of scoped.addresses) userLists.set(address, scoped);
    const organisationId = domains.get(scoped.domain ?? '')?.organisationId;
    if (scoped.domain === null || organisationId === undefined) continue;
    domainLists.set(scoped.domain, [...(lists.get(organisationId) ?? []), scoped]);
  }
  return {
    version: snapshot.version,
    domain: (name) => domains.get(name),
    recipient: (address) => recipients.get(address),
    lists: (organisationId, domain) =>
      domainLists.get(domain) ?? lists.get(organisationId) ?? NO_LISTS,
    userLists: (address) => userLists.get(address),
  };
}

/**
 * A permanent refusal only from a list that is complete and fresh; else Office 365 is asked, and no answer is
 * `450 4.1.1`. `rememberedUntil` is when an earlier yes of Office 365 for this address runs out.
 */
export function decideRecipient(
  index: RecipientIndex | null,
  address: Address,
  now: Instant,
  rememberedUntil: Instant | null,
): RecipientDecision {
  if (index === null) return { decision: 'no-snapshot', reply: '451 4.3.0' };
  const domain = index.domain(domainOf(address));
  if (domain === undefined) return { decision: 'not-ours', reply: '550 5.7.1' };
  const recipient = index.recipient(address);
  if (recipient !== undefined) return { decision: 'accept', domain, recipient };
  if (rememberedUntil !== null && rememberedUntil > now) {
    return { decision: 'accept', domain, recipient: null };
  }
  const fresh = now - domain.syncedAt < RECIPIENT_LIST_MAX_AGE;
  if (domain.completeness === 'complete' && fresh && !mayExistUnlisted(index, address))
    return { decision: 'unknown', reply: '550 5.1.1' };
  return { decision: 'ask-primary', domain };
}

/**
 * Addresses that a tenant may take although no list names them: subaddresses of a known one (Exchange Online takes
 * `name+tag` unless it is switched off) and `postmaster` (RFC 5321 §4.5.1), `abuse` (RFC 2142 §2). Office 365 is asked.
 */
function mayExistUnlisted(index: RecipientIndex, address: Address): boolean {
  const base = withoutSubaddress(address);
  if (base !== address) return index.recipient(base) !== undefined;
  return ['postmaster', 'abuse'].includes(localPartOf(address));
}

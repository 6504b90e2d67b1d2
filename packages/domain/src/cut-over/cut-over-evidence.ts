import {
  decideDomainState,
  normaliseHost,
  type DomainExpectation,
  type MxRecord,
} from '../domains/domain-setup.ts';
import type { Instant } from '../instant.ts';

/**
 * Where the MX records of a domain lead. `office-365-left`: ours, and the tenant's own beside them, which senders use
 * whenever ours is slow, past filter and copy. `others-left`: ours and somebody else's.
 */
export type MxPlace =
  | 'here'
  | 'office-365-left'
  | 'others-left'
  | 'office-365'
  | 'elsewhere'
  | 'nothing';

export interface MxEvidence {
  readonly place: MxPlace;
  readonly anyOfOurs: boolean;
  readonly hosts: readonly string[];
  /** Seconds; null when the resolver does not say. */
  readonly ttl: number | null;
  readonly seenAt: Instant;
}

/** What senders are told about our hosts beside MX: MTA-STS (RFC 8461) and DANE (RFC 7672). */
export type PolicyEvidence =
  | { readonly kind: 'unknown'; readonly detail: string }
  | { readonly kind: 'none' }
  | {
      readonly kind: 'published';
      /** Senders that keep to what is published deliver to our hosts. */
      readonly allowsUs: boolean;
      /** …and to the tenant's own. */
      readonly allowsTenant: boolean;
      /** `max_age` of the MTA-STS policy; null without one. Seconds. */
      readonly maxAge: number | null;
      readonly detail: string;
    };

export type RecipientEvidence =
  | {
      readonly kind: 'complete';
      readonly by: 'exchange' | 'administrator';
      readonly syncedAt: Instant;
    }
  | { readonly kind: 'stale'; readonly syncedAt: Instant }
  | { readonly kind: 'incomplete'; readonly detail: string };

export type ConnectorEvidence = 'on' | 'off' | 'unknown';

export type LockDownEvidence = 'on' | 'off' | 'unknown';

export interface CutOverEvidence {
  /** Null: DNS gave no answer, and nothing can be concluded. */
  readonly mx: MxEvidence | null;
  readonly recipients: RecipientEvidence;
  readonly connector: ConnectorEvidence;
  /** How we know of connector and lock-down, or why we do not. */
  readonly connectorDetail: string;
  readonly lockDown: LockDownEvidence;
  readonly policies: PolicyEvidence;
}

export function placeOfMx(
  expectation: DomainExpectation,
  records: readonly MxRecord[],
): { readonly place: MxPlace; readonly anyOfOurs: boolean } {
  const hosts = records
    .map((record) => normaliseHost(record.exchange))
    .filter((host) => host !== '');
  const ours = new Set(expectation.ourHosts.map(normaliseHost));
  const tenants = new Set(expectation.tenantHosts.map(normaliseHost));
  const hits = hosts.filter((host) => ours.has(host)).length;
  const back = hosts.filter((host) => tenants.has(host)).length;
  const state = decideDomainState('unchecked', expectation, { records, ttl: null });
  const anyOfOurs =
    hits > 0 || (expectation.filterMode === 'filter-in-front' && state === 'correct');
  if (state === 'correct') return { place: 'here', anyOfOurs };
  if (hosts.length === 0) return { place: 'nothing', anyOfOurs };
  if (hits > 0) return { place: back > 0 ? 'office-365-left' : 'others-left', anyOfOurs };
  return { place: back === hosts.length ? 'office-365' : 'elsewhere', anyOfOurs };
}

import type { FilterMode } from '../mail-flow/recipient-policy.ts';

export type DomainSetupState = 'unchecked' | 'wrong' | 'partial' | 'correct' | 'drifted';

export interface MxRecord {
  readonly exchange: string;
  readonly preference: number;
}

export interface MxObservation {
  readonly records: readonly MxRecord[];
  /** Seconds, of the answer; null when the resolver does not say. */
  readonly ttl: number | null;
}

export interface DomainExpectation {
  /** Our MX hosts, most preferred first. */
  readonly ourHosts: readonly string[];
  readonly filterMode: FilterMode;
  /** Where the tenant itself takes mail: never right while we are in between. */
  readonly tenantHosts: readonly string[];
}

/**
 * Compares what DNS says with what should be there. With a filter in front its MX is the right one, and ours in the
 * list would let senders walk round it; the tenant's own would take all mail past us. A foreign MX beside ours is `partial`: mail on that path has no copy here.
 */
export function decideDomainState(
  before: DomainSetupState,
  expectation: DomainExpectation,
  observation: MxObservation,
): DomainSetupState {
  const ours = new Set(expectation.ourHosts.map(normaliseHost));
  const observed = observation.records
    .map((record) => normaliseHost(record.exchange))
    .filter((host) => host !== '');
  const hits = observed.filter((host) => ours.has(host)).length;
  const tenants = new Set(expectation.tenantHosts.map(normaliseHost));
  const correct =
    expectation.filterMode === 'filter-in-front'
      ? observed.length > 0 && hits === 0 && !observed.some((host) => tenants.has(host))
      : observed.length > 0 && hits === observed.length;
  if (correct) return 'correct';
  if (before === 'correct' || before === 'drifted') return 'drifted';
  return hits > 0 ? 'partial' : 'wrong';
}

/** DNS names compare without case and without the root dot (RFC 1035 §2.3.3). */
export function normaliseHost(host: string): string {
  return host.trim().toLowerCase().replace(/\.$/, '');
}

/** The records to enter: our hosts at preferences 10, 20, … */
export function recordsToEnter(
  domain: string,
  ourHosts: readonly string[],
): readonly {
  readonly name: string;
  readonly preference: number;
  readonly exchange: string;
  readonly ttl: number;
}[] {
  return ourHosts.map((host, position) => ({
    name: domain,
    preference: (position + 1) * 10,
    exchange: normaliseHost(host),
    ttl: 3600,
  }));
}

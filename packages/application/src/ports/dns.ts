import type { MxObservation } from '@holdfast/domain';

export type DnsAnswer<T> =
  | { readonly ok: true; readonly value: T }
  /** `absent`: the name or the record does not exist. `unavailable`: no answer; nothing can be concluded. */
  | { readonly ok: false; readonly failure: 'absent' | 'unavailable'; readonly detail: string };

/** Where mail for a domain goes, through the configured resolvers; never cached here. */
export interface DnsLookup {
  mx(domain: string): Promise<DnsAnswer<MxObservation>>;
}

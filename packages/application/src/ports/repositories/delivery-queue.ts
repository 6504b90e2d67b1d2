import type { Instant } from '@holdfast/domain';
import type { DeliveryResult, LeasedDelivery, UnusedLease } from '../../records/mail.ts';

export interface DeliveryQueue {
  /** Days of acceptance with deliveries that wait for a relay, oldest first: for `lease`. */
  days(): Promise<readonly string[]>;
  /**
   * Leases due deliveries of one route (FOR UPDATE SKIP LOCKED), oldest first, so that no other relay touches them until
   * `until`; the owner itself never gets them twice. Recipients in the scope of an active event whose relay is on hold
   * are passed over: event hold is derived here and never stored. `skipOrganisations` are those whose breaker is open.
   */
  lease(options: {
    readonly route: 'primary' | 'remote';
    readonly now: Instant;
    readonly until: Instant;
    readonly limit: number;
    readonly owner: string;
    readonly skipOrganisations: readonly string[];
    /** Only mail accepted on these days, in their order; all when not given, which is slow with many days. */
    readonly days?: readonly string[];
  }): Promise<readonly LeasedDelivery[]>;
  /**
   * Results, attempts and new states in one transaction. With `owner`, a delivery whose lease ran out and that another
   * relay holds by now is left alone; without it only that it is leased is asked for.
   */
  complete(results: readonly DeliveryResult[], owner?: string): Promise<void>;
  /** Gives leases back unused (breaker opened, shutdown, a mailbox's rate); no attempt is counted. */
  release(leases: readonly UnusedLease[], owner?: string): Promise<void>;
  /** Leases that ran out, and all of `owner`'s when one is named, are free again. Returns how many. Looks at all that waits. */
  reclaim(now: Instant, owner?: string): Promise<number>;
  /** When the next delivery is due; null when none waits. */
  nextDue(): Promise<Instant | null>;
}

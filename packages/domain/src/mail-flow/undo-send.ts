import type { DeliveryState } from './delivery.ts';
import type { Instant } from '../instant.ts';

/** A delivery of a message that its sender wants back. */
export interface SentDelivery {
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly dueAt: Instant | null;
}

/**
 * All of it or nothing: a message that one recipient may have is not taken back from the others. Only what no relay has
 * touched and what is not due yet; from then on colleagues see it, whether or not the tenant takes it.
 */
export function mayTakeBack(deliveries: readonly SentDelivery[], now: Instant): boolean {
  return deliveries.every(
    ({ state, attempts, dueAt }) =>
      state === 'queued' && attempts === 0 && dueAt !== null && dueAt > now,
  );
}

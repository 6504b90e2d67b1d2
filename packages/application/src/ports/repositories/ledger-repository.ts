import type { DeliveryState } from '@holdfast/domain';
import type { LedgerPart } from '../retention.ts';

export interface LedgerRepository {
  /**
   * Deliveries of one organisation by state, settled ones included: mail from outside, what people wrote, and our own
   * notices and reports.
   */
  counts(organisationId: string): Promise<{
    readonly inbound: Readonly<Record<DeliveryState, number>>;
    readonly outbound: Readonly<Record<DeliveryState, number>>;
    readonly notices: Readonly<Record<DeliveryState, number>>;
  }>;
  /** What retention removed. */
  settled(organisationId: string): Promise<{
    /** Recipients, counted from the records of removed segments. */
    readonly accepted: Readonly<Record<LedgerPart, number>>;
    /** Segments whose recipients are in `accepted` while their files may still be there. */
    readonly removed: readonly { readonly instance: string; readonly segment: string }[];
  }>;
}

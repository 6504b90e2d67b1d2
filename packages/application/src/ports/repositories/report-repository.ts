import type { Instant, ReportableMessage, SettledReport } from '@holdfast/domain';

/** Delivery reports that came by mail, across organisations: read and tied behind ingest. */
export interface ReportRepository {
  /** What somebody with one of these addresses sent, under one of these Message-IDs or as this record of ours. */
  sent(wanted: {
    readonly organisationId: string;
    /** Lower case. */
    readonly addresses: readonly string[];
    readonly messageIds: readonly string[];
    /** Null when the report repeats none. */
    readonly envelopeId: string | null;
  }): Promise<readonly ReportableMessage[]>;
  /** Kept with the message that brought it; whoever has it in their mailbox is told. Again: nothing changes. */
  save(kept: {
    readonly organisationId: string;
    readonly id: string;
    readonly acceptedAt: Instant;
    readonly report: SettledReport;
  }): Promise<void>;
}

import type { Evidence, Instant, ServiceIncident } from '@holdfast/domain';

/** Observations of one source that said the same within a few minutes. */
export interface EvidenceRecord extends Evidence {
  /** Of the last of them; `at` is the first's. */
  readonly until: Instant;
  readonly observations: number;
  /** Milliseconds; `latency` is their mean. */
  readonly slowest: number | null;
}

export interface IncidentsRecord {
  readonly readAt: Instant;
  readonly incidents: readonly ServiceIncident[];
}

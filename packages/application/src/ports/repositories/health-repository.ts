import type { Evidence, Instant, PrimaryHealth } from '@holdfast/domain';
import type { EvidenceRecord, IncidentsRecord } from '../../records/health.ts';

export interface HealthRepository {
  get(): Promise<PrimaryHealth | null>;
  lock(): Promise<PrimaryHealth | null>;
  /** Writes the snapshot, and a history row when the state changed. */
  save(health: PrimaryHealth, changed: boolean): Promise<void>;
  history(
    since: Instant,
  ): Promise<readonly { readonly state: PrimaryHealth['state']; readonly since: Instant }[]>;
  /** Joined to the last one of the source when it says the same within a few minutes. */
  appendEvidence(evidence: Evidence): Promise<void>;
  /** Oldest first. */
  evidence(since: Instant): Promise<readonly EvidenceRecord[]>;
  pruneEvidence(before: Instant): Promise<void>;
  incidents(): Promise<IncidentsRecord | null>;
  saveIncidents(record: IncidentsRecord): Promise<void>;
}

import type { DriftBaseline, Instant } from '@holdfast/domain';
import type {
  DomainAlertRecord,
  DomainObservation,
  DomainReport,
} from '../../records/domain-report.ts';

/** What was seen of domains over time, and what was raised because of it. */
export interface DomainWatchRepository {
  saveReport(domain: string, report: DomainReport, baseline: DriftBaseline): Promise<void>;
  saveNextCheck(domain: string, at: Instant): Promise<void>;
  /** `until` null ends it. */
  watch(domain: string, until: Instant | null): Promise<void>;
  /** Names of domains whose next check is due, the longest overdue first. */
  due(now: Instant): Promise<readonly string[]>;
  /**
   * Prolongs the newest observation of the subject when it is the same, else begins one. Returns that which was before
   * it; null when nothing has changed.
   */
  observe(
    observation: Pick<DomainObservation, 'domain' | 'subject' | 'value' | 'ttl'>,
    at: Instant,
  ): Promise<DomainObservation | null>;
  /** Newest first. */
  history(domain: string, limit: number): Promise<readonly DomainObservation[]>;
  /** The newest two of a subject, newest first. */
  latest(domain: string, subject: string): Promise<readonly DomainObservation[]>;
  /** Of all domains, or of one; those that are open. */
  openAlerts(domain?: string): Promise<readonly DomainAlertRecord[]>;
  alert(id: string): Promise<DomainAlertRecord | null>;
  /** The last that was told of this kind and subject, open or not. */
  lastTold(alert: Pick<DomainAlertRecord, 'domain' | 'kind' | 'subject'>): Promise<Instant | null>;
  raise(alert: DomainAlertRecord): Promise<void>;
  saveAlert(
    id: string,
    change: Partial<
      Pick<
        DomainAlertRecord,
        'level' | 'seen' | 'lastSeenAt' | 'clearedAt' | 'notifiedAt' | 'notice' | 'acceptedBy'
      >
    >,
  ): Promise<void>;
  /** Forgets what ended before this. */
  forget(before: Instant): Promise<void>;
}

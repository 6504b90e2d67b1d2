import type { Instant } from '@holdfast/domain';
import type { TraceRow } from '../../records/mail.ts';
import type { StoreReference } from '../spool.ts';

export interface MailFlowRepository {
  trace(query: {
    readonly messageId: string | null;
    readonly recipient: string | null;
    readonly limit: number;
  }): Promise<readonly TraceRow[]>;
  /** Accepted and delivered messages per hour since: for the mail-flow strip. */
  hourly(
    since: Instant,
  ): Promise<
    readonly { readonly hour: Instant; readonly accepted: number; readonly delivered: number }[]
  >;
  /** From which hosts mail for a domain came since, the busiest first. */
  arrivals(
    domain: string,
    since: Instant,
    limit: number,
  ): Promise<
    readonly { readonly ip: string; readonly messages: number; readonly lastAt: Instant }[]
  >;
  /** Open deliveries to recipients of the event's scope, of mail accepted before an instant when one is given. */
  waitingFor(userIds: readonly string[] | null, acceptedBefore?: Instant): Promise<number>;
  /** Makes deferred and review-held deliveries of the tenant due now: the primary is back, or an administrator asks. */
  hasten(at: Instant): Promise<number>;
  /** Where the bytes of every message with an open delivery lie: for the audit of missing bytes. */
  openReferences(): Promise<readonly StoreReference[]>;
}

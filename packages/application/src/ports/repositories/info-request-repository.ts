import type { Instant } from '@holdfast/domain';
import type { InfoRequestRecord } from '../../records/people.ts';

export interface InfoRequestRepository {
  get(id: string): Promise<InfoRequestRecord | null>;
  /** Stores the request and marks earlier ones of the user as replaced. */
  replace(request: InfoRequestRecord): Promise<void>;
  /** Every link of the user stops working. */
  revokeOf(userId: string, at: Instant): Promise<void>;
}

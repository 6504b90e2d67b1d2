import type { Instant } from '@holdfast/domain';
import type { AccountChangeRecord } from '../../records/account-changes.ts';

export interface AccountChangeRepository {
  get(id: string): Promise<AccountChangeRecord | null>;
  add(change: AccountChangeRecord & { readonly tokenHash: string }): Promise<void>;
  lock(id: string): Promise<AccountChangeRecord | null>;
  saveDispute(id: string, at: Instant): Promise<void>;
  /** The user's changes from then on that they have not put away, the latest first. */
  unseen(userId: string, since: Instant): Promise<readonly AccountChangeRecord[]>;
  saveSeen(id: string, at: Instant): Promise<void>;
  /** What can be disputed no more goes, with the values in it; what was disputed stays half a year longer. */
  removeExpired(now: Instant): Promise<void>;
  /** Whether the user has said of this value that it is not theirs. */
  isDisputed(userId: string, value: string): Promise<boolean>;
}

import type { Instant } from '@holdfast/domain';
import type { DraftRecord } from '../../records/writing.ts';

export interface DraftRepository {
  /** Held until the transaction ends, so that two devices come one after the other. */
  lock(userId: string, id: string): Promise<DraftRecord | null>;
  get(userId: string, id: string): Promise<DraftRecord | null>;
  /** Open drafts without what they say, the newest first. */
  list(userId: string): Promise<readonly Omit<DraftRecord, 'sealed' | 'digest'>[]>;
  countOpen(userId: string): Promise<number>;
  /** The open draft that was kept beside another for this very text. */
  findBranch(userId: string, branchOf: string, digest: string): Promise<DraftRecord | null>;
  save(draft: DraftRecord): Promise<void>;
  /** Removes what is over: drafts sent or discarded before `over`, and open ones that nobody wrote at since `open`. */
  removeOld(before: { readonly over: Instant; readonly open: Instant }): Promise<number>;
}

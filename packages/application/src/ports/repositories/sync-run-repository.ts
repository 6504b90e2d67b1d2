import type { Instant } from '@holdfast/domain';
import type { SyncPhase, SyncRunRecord } from '../../records/organisation.ts';

export interface SyncRunRepository {
  get(id: string): Promise<SyncRunRecord | null>;
  latest(): Promise<SyncRunRecord | null>;
  save(run: SyncRunRecord): Promise<void>;
  /** Takes a run that is not over; whoever had it before loses it. Null when it is over or gone. */
  claim(id: string, owner: string, at: Instant): Promise<SyncRunRecord | null>;
  /** A sign of life. False: somebody else has the run now, or it is over. Holds the row until the transaction ends. */
  beat(
    id: string,
    owner: string,
    progress: { readonly seen: number; readonly phase: SyncPhase; readonly at: Instant },
  ): Promise<boolean>;
}

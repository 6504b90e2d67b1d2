import type { SyncRunRecord } from '../../records/organisation.ts';

export interface SyncRunRepository {
  get(id: string): Promise<SyncRunRecord | null>;
  latest(): Promise<SyncRunRecord | null>;
  save(run: SyncRunRecord): Promise<void>;
}

import type { ListEntryRecord } from '../../records/organisation.ts';

export interface ListRepository {
  all(): Promise<readonly ListEntryRecord[]>;
  /** Entries that are there already (same kind and value) are left as they are. Returns how many were added. */
  add(entries: readonly ListEntryRecord[]): Promise<number>;
  remove(ids: readonly string[]): Promise<readonly ListEntryRecord[]>;
}

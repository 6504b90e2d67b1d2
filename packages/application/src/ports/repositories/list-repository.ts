import type { ListEntryRecord } from '../../records/organisation.ts';

export interface ListRepository {
  /** Those of single users too: for the snapshot. */
  all(): Promise<readonly ListEntryRecord[]>;
  /** Without those of single users. */
  forEveryone(): Promise<readonly ListEntryRecord[]>;
  ofUser(userId: string): Promise<readonly ListEntryRecord[]>;
  countOfUsers(): Promise<{ readonly entries: number; readonly users: number }>;
  /** Entries that are there already (same kind, type, value and recipients) are left as they are. Returns how many were added. */
  add(entries: readonly ListEntryRecord[]): Promise<number>;
  remove(ids: readonly string[]): Promise<readonly ListEntryRecord[]>;
}

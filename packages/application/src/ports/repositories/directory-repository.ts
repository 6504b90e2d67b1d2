import type { Instant } from '@holdfast/domain';
import type { DirectoryQuery, DirectoryRecord } from '../../records/people.ts';
import type { DirectoryReading } from '../office365/tenant-directory.ts';

export interface SyncCounts {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

export interface DirectoryRepository {
  /** What `apply` would do, without doing it. */
  compare(reading: DirectoryReading): Promise<SyncCounts & { readonly known: number }>;
  /** Adds and updates; marks the missing as removed unless `keepRemoved`. Returned objects come back with their protection. Ids of added users are given. */
  apply(
    reading: DirectoryReading,
    at: Instant,
    options: { readonly keepRemoved: boolean },
  ): Promise<SyncCounts & { readonly addedIds: readonly string[] }>;
  get(id: string): Promise<DirectoryRecord | null>;
  getMany(ids: readonly string[]): Promise<readonly DirectoryRecord[]>;
  /** By any of its addresses, lower-case. */
  findByAddress(address: string): Promise<DirectoryRecord | null>;
  page(
    query: DirectoryQuery,
  ): Promise<{ readonly rows: readonly DirectoryRecord[]; readonly total: number }>;
  /** Everything that is not removed; for exports, snapshot and previews. */
  all(): Promise<readonly DirectoryRecord[]>;
  setProtection(ids: readonly string[], value: boolean, at: Instant): Promise<void>;
  saveContactState(
    id: string,
    state: Partial<
      Pick<DirectoryRecord, 'alternateInfo' | 'lastAskedAt' | 'openedAt' | 'lastSignInAt'>
    >,
  ): Promise<void>;
  /** Member users of the groups with these addresses, expanded: group address → object ids. */
  membersOf(groupAddresses: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

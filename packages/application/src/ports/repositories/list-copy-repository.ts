import type { CopiedItemRecord, JunkReadingRecord, ListCopyRecord } from '../../records/lists.ts';

export interface CopiedItemQuery {
  readonly outcome: CopiedItemRecord['outcome'] | null;
  /** Those of single users as well. */
  readonly ofUsers: boolean;
  readonly offset: number;
  readonly limit: number;
}

export interface ListCopyRepository {
  get(): Promise<ListCopyRecord | null>;
  save(record: ListCopyRecord): Promise<void>;
  /** What was recorded before (same source, policy, kind, text and recipients) is left as it is. */
  addItems(items: readonly CopiedItemRecord[]): Promise<void>;
  items(
    query: CopiedItemQuery,
  ): Promise<{ readonly rows: readonly CopiedItemRecord[]; readonly total: number }>;
  /** Protected users whose mailbox was not read yet and whose address comes after this one, in its order. */
  unreadMailboxes(
    after: string,
    limit: number,
  ): Promise<readonly { readonly userId: string; readonly address: string }[]>;
  countMailboxes(): Promise<{ readonly read: number; readonly unread: number }>;
  junkReading(userId: string): Promise<JunkReadingRecord | null>;
  saveJunkReading(reading: JunkReadingRecord): Promise<void>;
}

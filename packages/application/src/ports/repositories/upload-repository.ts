import type { Instant } from '@holdfast/domain';
import type { UploadRecord } from '../../records/writing.ts';

export interface UploadRepository {
  /** A file that is here as a whole. */
  save(upload: {
    readonly id: string;
    readonly userId: string;
    readonly fileName: string;
    readonly contentType: string;
    readonly content: Uint8Array;
    readonly at: Instant;
  }): Promise<void>;
  /** A file that is to come. */
  begin(upload: UploadRecord, at: Instant): Promise<void>;
  /** Held until the transaction ends: pieces come one after the other. */
  lock(userId: string, id: string): Promise<UploadRecord | null>;
  addPiece(
    upload: UploadRecord,
    piece: { readonly offset: number; readonly content: Uint8Array },
    at: Instant,
  ): Promise<void>;
  /** All pieces are here: they become the content. */
  finish(userId: string, id: string): Promise<void>;
  /** Without content, in the order of the ids; those that are not there are left out. */
  find(userId: string, ids: readonly string[]): Promise<readonly UploadRecord[]>;
  /** What a person's files come to, as announced; until the transaction ends nobody announces another. Unit: bytes. */
  lockUsage(userId: string): Promise<{ readonly files: number; readonly bytes: number }>;
  /** Only files that are here as a whole. */
  read(
    userId: string,
    ids: readonly string[],
  ): Promise<
    readonly {
      readonly id: string;
      readonly fileName: string;
      readonly contentType: string;
      readonly content: Uint8Array;
    }[]
  >;
  /** But those that an open draft names. */
  remove(userId: string, ids: readonly string[]): Promise<void>;
  /** Files without a draft that nothing was added to since. Returns how many. */
  removeUnused(since: Instant): Promise<number>;
}

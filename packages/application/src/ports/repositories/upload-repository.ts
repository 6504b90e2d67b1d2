import type { Instant } from '@holdfast/domain';

export interface UploadRepository {
  save(upload: {
    readonly id: string;
    readonly userId: string;
    readonly fileName: string;
    readonly contentType: string;
    readonly content: Uint8Array;
    readonly at: Instant;
  }): Promise<void>;
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
  remove(userId: string, ids: readonly string[]): Promise<void>;
}

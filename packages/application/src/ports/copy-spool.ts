import type { SpoolRecordHead, StoreReference } from './spool.ts';

/**
 * Where copies out of Office 365 are written: apart from all other mail, grouped by when they were received, so that
 * their bytes go with their rows. Keeps more of the disk free than reception does, which must never want for it.
 */
export interface CopySpool {
  /** Resolves when it is durable. Rejects with `SpoolRefusedError`. */
  append(head: SpoolRecordHead, body: Uint8Array): Promise<StoreReference>;
  close(): Promise<void>;
}

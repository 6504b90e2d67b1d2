import type { Instant } from '@holdfast/domain';

/** A draft as it is stored; what it says is sealed. */
export interface DraftRecord {
  readonly id: string;
  readonly userId: string;
  readonly revision: number;
  readonly state: 'open' | 'discarded' | 'sent';
  readonly sealed: string;
  /** What a list shows of it. */
  readonly sealedHead: string;
  readonly digest: string;
  readonly uploadIds: readonly string[];
  /** The draft that another device wrote or sent meanwhile; null: there was none. */
  readonly branchOf: string | null;
  readonly because: 'written-elsewhere' | 'sent-elsewhere' | null;
  /** That wrote the latest revision. */
  readonly device: string;
  /** By the clock of the device. */
  readonly writtenAt: Instant;
  readonly savedAt: Instant;
}

/** A file on its way or here, without its content. Sizes in bytes. */
export interface UploadRecord {
  readonly id: string;
  readonly userId: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly size: number;
  readonly received: number;
}

export interface WritingSettings {
  /** How long a sent message can be taken back. Unit: seconds; null: as the installation is set. */
  readonly undoSeconds: number | null;
  readonly signature: string;
  readonly signatureUsed: boolean;
}

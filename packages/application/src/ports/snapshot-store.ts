import type { MxSnapshot } from '@holdfast/domain';

/** The file that lets mx work alone: tmp, fsync, rename, fsync(dir); CRC; the previous one is kept. */
export interface SnapshotStore {
  write(snapshot: MxSnapshot): Promise<void>;
  /** The newest readable snapshot, the previous one when the newest is damaged, null when there is none. */
  read(): Promise<MxSnapshot | null>;
  /** Calls back after each change on disk, by watching and by a slow poll. Returns how to stop. */
  watch(changed: (snapshot: MxSnapshot) => void): () => void;
}

import { SpoolRefusedError } from '@holdfast/application';
import type { DiskRoom, SpoolFileSystem } from './file-system.ts';

/**
 * An answer of the disk is believed this long, less what was written since: asked for every batch it cost as much as
 * the fdatasync on a fast disk. Others write to the disk as well, hence short. Unit: milliseconds.
 */
const BELIEVED_FOR = 100;

export interface DiskReserve {
  /** Rejects with `disk-reserve` when writing `bytes` more, or one file more, would eat into the reserve. */
  requireRoom(bytes: number): Promise<void>;
}

export function createDiskReserve(options: {
  readonly fileSystem: SpoolFileSystem;
  readonly directory: string;
  readonly reserveBytes: number;
  readonly reserveInodes: number;
}): DiskReserve {
  const { fileSystem, directory, reserveBytes, reserveInodes } = options;
  let known: { readonly room: DiskRoom; readonly at: number } | null = null;
  let written = 0;

  function isEnough({ bytes, inodes }: DiskRoom, wanted: number): boolean {
    return bytes - wanted >= reserveBytes && (inodes === null || inodes >= reserveInodes);
  }

  return {
    async requireRoom(bytes) {
      const at = performance.now();
      const fresh = known !== null && at - known.at < BELIEVED_FOR ? known.room : null;
      if (fresh !== null && isEnough(fresh, written + bytes)) {
        written += bytes;
        return;
      }
      const room = await fileSystem.room(directory);
      // A refusal is never remembered: the disk is asked again by the next message, and mail is taken once there is room.
      known = isEnough(room, bytes) ? { room, at } : null;
      written = bytes;
      if (known !== null) return;
      throw new SpoolRefusedError(
        'disk-reserve',
        `${room.bytes} bytes and ${room.inodes ?? 'uncounted'} inodes are free on the spool's disk; ${reserveBytes} and ${reserveInodes} are kept in reserve; make room or add disk`,
      );
    },
  };
}

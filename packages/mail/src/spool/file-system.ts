import { link, mkdir, open, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** One file that is only ever appended to. */
export interface SpoolFile {
  /** Appends; resolves with the number of bytes taken, which may be fewer than offered. */
  write(bytes: Uint8Array): Promise<number>;
  dataSync(): Promise<void>;
  close(): Promise<void>;
}

/** The few things the writer does to a disk: narrow, so that tests can make each of them fail. */
export interface SpoolFileSystem {
  /** Creates the directory and its parents; rejects with `EEXIST` when the last one is there. */
  makeDirectory(path: string): Promise<void>;
  /** Creates the file; rejects with `EEXIST` when it is there. */
  createFile(path: string): Promise<SpoolFile>;
  /** The new name is durable only after `syncDirectory`. */
  rename(from: string, to: string): Promise<void>;
  /** With what is in it; fine when there is none. */
  removeDirectory(path: string): Promise<void>;
  /** `fsync` of a directory, so that a new name in it is durable. */
  syncDirectory(path: string): Promise<void>;
  removeFile(path: string): Promise<void>;
  /** A second name for a file; rejects with `EEXIST` when it is taken, with `ENOENT` when there is no such file. */
  linkFile(path: string, name: string): Promise<void>;
  /** What an ordinary process may still take of the disk of `path`, which exists. */
  room(path: string): Promise<DiskRoom>;
}

export interface DiskRoom {
  readonly bytes: number;
  /** Files that may still be made; null where the file system does not count them (btrfs). */
  readonly inodes: number | null;
}

/** Mail is nobody else's business on the host. */
const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;

export const nodeFileSystem: SpoolFileSystem = {
  async makeDirectory(path) {
    await mkdir(dirname(path), { recursive: true, mode: DIRECTORY_MODE });
    await mkdir(path, { mode: DIRECTORY_MODE });
  },
  async createFile(path) {
    const handle = await open(path, 'ax', FILE_MODE);
    return {
      async write(bytes) {
        const { bytesWritten } = await handle.write(bytes);
        return bytesWritten;
      },
      dataSync: () => handle.datasync(),
      close: () => handle.close(),
    };
  },
  syncDirectory,
  removeFile: (path) => rm(path, { force: true }),
  linkFile: (path, name) => link(path, name),
  rename: (from, to) => rename(from, to),
  removeDirectory: (path) => rm(path, { recursive: true, force: true }),
  async room(path) {
    const { bavail, bsize, files, ffree } = await statfs(path);
    return { bytes: bavail * bsize, inodes: files === 0 ? null : ffree };
  },
};

export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes all of it, however little the disk takes at once. */
export async function writeFully(file: SpoolFile, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const taken = await file.write(written === 0 ? bytes : bytes.subarray(written));
    if (taken <= 0) throw new Error('The disk took no bytes and said no reason');
    written += taken;
  }
}

export function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

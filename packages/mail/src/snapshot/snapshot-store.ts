import type { SnapshotStore } from '@holdfast/application';
import type { MxSnapshot } from '@holdfast/domain';
import { watch as watchDirectory, mkdirSync } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { errorCode, syncDirectory } from '../spool/file-system.ts';

export interface SnapshotStoreOptions {
  readonly directory: string;
  /** Milliseconds between two looks at the file, for disks that report no changes. Default 2 s. */
  readonly pollMs?: number;
}

const CURRENT = 'snapshot';
const PREVIOUS = 'snapshot.previous';
const DEFAULT_POLL_MS = 2000;
/** First line: format, CRC-32 of the rest in hexadecimal, length of the rest in bytes. */
const HEADER = /^HFSNAP1 ([0-9a-f]{8}) (\d+)$/;

export function createSnapshotStore(options: SnapshotStoreOptions): SnapshotStore {
  const { directory } = options;
  const current = join(directory, CURRENT);
  const previous = join(directory, PREVIOUS);
  let lastRead: string | null = null;

  async function read(): Promise<MxSnapshot | null> {
    const snapshot = (await readSnapshot(current)) ?? (await readSnapshot(previous));
    lastRead = snapshot === null ? null : identify(snapshot);
    return snapshot;
  }

  return {
    read,
    async write(snapshot) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const temporary = join(directory, `${CURRENT}.tmp-${process.pid}`);
      await writeDurably(temporary, serialise(snapshot));
      // A damaged file is not worth keeping: the older good one stays the previous.
      if ((await readSnapshot(current)) !== null) await keepAsPrevious(current, previous);
      await rename(temporary, current);
      await syncDirectory(directory);
    },
    watch(changed) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      let stamp = '';
      let looking = Promise.resolve();
      let stopped = false;
      async function look(): Promise<void> {
        const now = await stampOf(current);
        if (stopped || now === stamp) return;
        stamp = now;
        const before = lastRead;
        const snapshot = await read();
        if (!stopped && snapshot !== null && identify(snapshot) !== before) changed(snapshot);
      }
      // One look after the other; an unreadable disk is looked at again by the poll.
      const schedule = (): void => {
        looking = looking.then(look).catch(() => undefined);
      };
      const watcher = watchDirectory(directory, schedule);
      watcher.on('error', schedule);
      const timer = setInterval(schedule, options.pollMs ?? DEFAULT_POLL_MS);
      timer.unref();
      schedule();
      return () => {
        stopped = true;
        clearInterval(timer);
        watcher.close();
      };
    },
  };
}

function serialise(snapshot: MxSnapshot): Buffer {
  const json = Buffer.from(JSON.stringify(snapshot), 'utf8');
  const crc = crc32(json).toString(16).padStart(8, '0');
  return Buffer.concat([Buffer.from(`HFSNAP1 ${crc} ${json.length}\n`, 'latin1'), json]);
}

/** Null when the file is missing or damaged in any way. */
async function readSnapshot(path: string): Promise<MxSnapshot | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  const end = bytes.indexOf('\n');
  const match = HEADER.exec(bytes.subarray(0, Math.max(end, 0)).toString('latin1'));
  const json = bytes.subarray(end + 1);
  if (match === null || json.length !== Number(match[2])) return null;
  if (crc32(json) !== Number.parseInt(match[1] ?? '', 16)) return null;
  // Written by this module and proved whole by the checksum.
  const snapshot = JSON.parse(json.toString('utf8')) as MxSnapshot;
  // Absent in a snapshot from before bodies were encrypted: mx defers until ingest has written the next. Without scoped
  // lists it was written before there were any.
  return {
    ...snapshot,
    organisationKeys: snapshot.organisationKeys ?? {},
    scopedLists: snapshot.scopedLists ?? [],
  };
}

async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const handle = await open(path, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** By a hard link, so that there is a current one at every moment. */
async function keepAsPrevious(current: string, previous: string): Promise<void> {
  const temporary = `${previous}.tmp`;
  await rm(temporary, { force: true });
  await link(current, temporary);
  await rename(temporary, previous);
}

function identify(snapshot: MxSnapshot): string {
  return `${snapshot.version} ${snapshot.writtenAt}`;
}

async function stampOf(path: string): Promise<string> {
  try {
    const { ino, mtimeMs, size } = await stat(path);
    return `${ino} ${mtimeMs} ${size}`;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}

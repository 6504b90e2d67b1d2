import type {
  Clock,
  Log,
  SpoolClass,
  SpoolKeys,
  SpoolRecordHead,
  SpoolWriter,
  StagedBody,
  StagedMessage,
  StoreReference,
} from '@holdfast/application';
import { SpoolRefusedError } from '@holdfast/application';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { writeBodyFile } from './body-file.ts';
import { createDiskReserve } from './disk-reserve.ts';
import { describeError, errorCode, nodeFileSystem, type SpoolFileSystem } from './file-system.ts';
import { createRecordSealer, organisationsNamed } from './record-sealer.ts';
import { CLOSED_MARK, isPlainName, KEPT } from './segment-name.ts';
import { asRefusal, createSegmentWriter, type SegmentWriter } from './segment-writer.ts';

export interface SpoolWriterOptions {
  /** The spool; instances are directories in it. Made when missing. */
  readonly directory: string;
  /** Directory name of this process start, never used before. Default: time, process id and chance. */
  readonly instanceName?: string;
  /** Bytes that must stay free on the disk; below it everything is refused with `disk-reserve`. */
  readonly diskReserveBytes: number;
  /** Files that must stay possible on the disk. Default `DISK_RESERVE_INODES`. */
  readonly diskReserveInodes?: number;
  /** Bytes after which a new segment file is begun. */
  readonly segmentBytes: number;
  /** Bytes; larger bodies get a file of their own. Default 1 MiB. */
  readonly inlineBodyLimit?: number;
  readonly keys: SpoolKeys;
  readonly clock: Clock;
  readonly log: Log;
  readonly fileSystem?: SpoolFileSystem;
}

const DEFAULT_INLINE_BODY_LIMIT = 1024 * 1024;
/** A big body, a segment and PostgreSQL need some each. */
export const DISK_RESERVE_INODES = 1000;
/** How often segments are looked at for their age. Unit: milliseconds. */
const AGE_CHECK = 60 * 60 * 1000;

/** Append-only: files are never reopened and offsets never used twice. See the spool contract in architecture.md. */
export function createSpoolWriter(options: SpoolWriterOptions): SpoolWriter {
  const fileSystem = options.fileSystem ?? nodeFileSystem;
  const inlineLimit = options.inlineBodyLimit ?? DEFAULT_INLINE_BODY_LIMIT;
  const instance = options.instanceName ?? nameInstance(options.clock);
  if (!isPlainName(instance) || instance === KEPT) {
    throw new Error(`"${instance}" cannot name a spool instance: letters, digits, dots and dashes`);
  }
  const directory = join(options.directory, instance);
  const writers = new Map<SpoolClass, SegmentWriter>();
  const underWay = new Set<Promise<unknown>>();
  let made = false;
  let prepared: Promise<void> | null = null;
  let closing: Promise<void> | null = null;

  async function prepare(): Promise<void> {
    if (!made) await fileSystem.makeDirectory(directory);
    made = true;
    await fileSystem.syncDirectory(options.directory);
    await fileSystem.syncDirectory(dirname(options.directory));
  }

  /** Made at the first append and tried again after a failure: a disk that comes back is used again. */
  async function requireDirectory(): Promise<void> {
    prepared ??= prepare();
    try {
      await prepared;
    } catch (error) {
      prepared = null;
      throw error;
    }
  }

  const reserve = createDiskReserve({
    fileSystem,
    directory,
    reserveBytes: options.diskReserveBytes,
    reserveInodes: options.diskReserveInodes ?? DISK_RESERVE_INODES,
  });
  const sealer = createRecordSealer(options.keys);

  function writerFor(cls: SpoolClass): SegmentWriter {
    const known = writers.get(cls);
    if (known !== undefined) return known;
    const { segmentBytes, clock, log } = options;
    const shared = { instance, directory, segmentBytes, reserve, fileSystem, clock, log };
    const writer = createSegmentWriter({ ...shared, class: cls });
    writers.set(cls, writer);
    return writer;
  }

  const aging = setInterval(() => {
    for (const writer of writers.values()) writer.leaveOldSegment();
  }, AGE_CHECK);
  aging.unref();

  async function stage(
    message: StagedMessage,
    body: AsyncIterable<Uint8Array>,
  ): Promise<StagedBody> {
    try {
      await requireDirectory();
    } catch (error) {
      throw asRefusal(error);
    }
    const seal = await sealer.begin(message.id, message.organisationIds);
    const stored = await writeBodyFile(
      { fileSystem, directory, reserve },
      message,
      seal.pieces(body),
    );
    return { kind: 'staged', message, keys: seal.keys, ...stored };
  }

  async function append(
    head: SpoolRecordHead,
    body: Uint8Array | StagedBody,
  ): Promise<StoreReference> {
    try {
      // Sealed while the batch before is on its way to the disk.
      const record = await sealer.record(head, await stagedWhenBig(head, body));
      await requireDirectory();
      return await writerFor(head.class).append(record);
    } catch (error) {
      throw asRefusal(error);
    }
  }

  function stagedWhenBig(
    head: SpoolRecordHead,
    body: Uint8Array | StagedBody,
  ): Uint8Array | StagedBody | Promise<StagedBody> {
    if (!(body instanceof Uint8Array) || body.length <= inlineLimit) return body;
    const { id, class: cls } = head;
    return stage({ id, class: cls, organisationIds: organisationsNamed(head) }, whole(body));
  }

  async function finish(): Promise<void> {
    clearInterval(aging);
    await Promise.allSettled(underWay);
    for (const writer of writers.values()) await writer.close();
    if (made) await writeClosedMark(fileSystem, directory);
  }

  function whileOpen<T>(begin: () => Promise<T>): Promise<T> {
    if (closing !== null) {
      return Promise.reject(new SpoolRefusedError('closed', 'The spool writer is closed'));
    }
    const work = begin();
    underWay.add(work);
    const done = (): boolean => underWay.delete(work);
    work.then(done, done);
    return work;
  }

  return {
    instance,
    append(head, body) {
      // A mistake of ours, and never to be written: what is on the disk with recipients is relayed one day.
      if (head.origin === 'drill' && head.envelope.recipients.length > 0)
        return Promise.reject(new Error('A message of a drill has no recipients'));
      return whileOpen(() => append(head, body));
    },
    stage: (message, body) => whileOpen(() => stage(message, body)),
    discard: ({ name }) =>
      fileSystem.removeFile(join(directory, name)).catch((error: unknown) => {
        options.log.warn('a staged body is left behind', { name, error: describeError(error) });
      }),
    close() {
      closing ??= finish();
      return closing;
    },
  };
}

/**
 * For the supervisor, after it has reaped the writer's process: a reader may then tell a torn tail from a slow one.
 * An instance that never wrote has no directory and needs no mark.
 */
export async function markInstanceClosed(directory: string, instance: string): Promise<void> {
  if (!isPlainName(instance)) throw new Error(`"${instance}" is no name of a spool instance`);
  try {
    await writeClosedMark(nodeFileSystem, join(directory, instance));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

async function writeClosedMark(fileSystem: SpoolFileSystem, directory: string): Promise<void> {
  try {
    const file = await fileSystem.createFile(join(directory, CLOSED_MARK));
    try {
      await file.dataSync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  await fileSystem.syncDirectory(directory);
}

// oxlint-disable-next-line require-await
async function* whole(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}

/** Sorts by the time of the start; the rest keeps two starts within a millisecond apart. */
function nameInstance(clock: Clock): string {
  const time = new Date(clock.now()).toISOString().replace(/[-:.]/g, '');
  return `${time}-${process.pid}-${randomBytes(4).toString('hex')}`;
}

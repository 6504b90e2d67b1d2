import type {
  Clock,
  Log,
  SpoolClass,
  SpoolRecordHead,
  SpoolWriter,
  StagedBody,
  StagedMessage,
  StoreReference,
} from '@holdfast/application';
import { SpoolRefusedError } from '@holdfast/application';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import {
  describeError,
  errorCode,
  nodeFileSystem,
  type SpoolFileSystem,
  writeFully,
} from './file-system.ts';
import type { RecordBody } from './record.ts';
import { bodyFileName, CLOSED_MARK, isPlainName, KEPT } from './segment-name.ts';
import {
  asRefusal,
  closeQuietly,
  createSegmentWriter,
  requireRoom,
  type SegmentWriter,
} from './segment-writer.ts';

export interface SpoolWriterOptions {
  /** The spool; instances are directories in it. Made when missing. */
  readonly directory: string;
  /** Directory name of this process start, never used before. Default: time, process id and chance. */
  readonly instanceName?: string;
  /** Bytes that must stay free on the disk; below it everything is refused with `disk-reserve`. */
  readonly diskReserveBytes: number;
  /** Bytes after which a new segment file is begun. */
  readonly segmentBytes: number;
  /** Bytes; larger bodies get a file of their own. Default 1 MiB. */
  readonly inlineBodyLimit?: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly fileSystem?: SpoolFileSystem;
}

const DEFAULT_INLINE_BODY_LIMIT = 1024 * 1024;

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

  function writerFor(cls: SpoolClass): SegmentWriter {
    const known = writers.get(cls);
    if (known !== undefined) return known;
    const { segmentBytes, diskReserveBytes, log } = options;
    const shared = { instance, directory, segmentBytes, diskReserveBytes, fileSystem, log };
    const writer = createSegmentWriter({ ...shared, class: cls });
    writers.set(cls, writer);
    return writer;
  }

  const bodies = { fileSystem, directory, diskReserveBytes: options.diskReserveBytes };

  async function stage(
    message: StagedMessage,
    body: AsyncIterable<Uint8Array>,
  ): Promise<StagedBody> {
    try {
      await requireDirectory();
    } catch (error) {
      throw asRefusal(error);
    }
    return writeBodyFile(bodies, message, body);
  }

  async function append(
    head: SpoolRecordHead,
    body: Uint8Array | StagedBody,
  ): Promise<StoreReference> {
    try {
      await requireDirectory();
      return await writerFor(head.class).append(head, await asRecordBody(head, body));
    } catch (error) {
      throw asRefusal(error);
    }
  }

  async function asRecordBody(
    head: SpoolRecordHead,
    body: Uint8Array | StagedBody,
  ): Promise<RecordBody> {
    if (body instanceof Uint8Array && body.length <= inlineLimit)
      return { kind: 'inline', bytes: body };
    const { id, class: cls, organisationId } = head;
    const staged =
      body instanceof Uint8Array
        ? await stage({ id, class: cls, organisationIds: [organisationId] }, whole(body))
        : body;
    const { name, length, crc } = staged;
    return { kind: 'file', name, length, crc };
  }

  async function finish(): Promise<void> {
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
    await file.dataSync();
    await file.close();
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  await fileSystem.syncDirectory(directory);
}

interface BodyPlace {
  readonly fileSystem: SpoolFileSystem;
  readonly directory: string;
  readonly diskReserveBytes: number;
}

/** Body file, its fdatasync and the directory's fsync all come before the record that names it. */
async function writeBodyFile(
  place: BodyPlace,
  message: StagedMessage,
  body: AsyncIterable<Uint8Array>,
): Promise<StagedBody> {
  const { fileSystem, directory } = place;
  const name = bodyFileName(message.class, message.id);
  const path = join(directory, name);
  const file = await orRefuse(async () => {
    await requireRoom(fileSystem, directory, place.diskReserveBytes, 0);
    return fileSystem.createFile(path);
  });
  try {
    let length = 0;
    let crc = 0;
    // What the pieces reject with goes through as it is: that is the sender's doing and no doubt about the disk.
    for await (const chunk of body) {
      await orRefuse(() => writeFully(file, chunk));
      length += chunk.length;
      crc = crc32(chunk, crc);
    }
    await orRefuse(async () => {
      await file.dataSync();
      await file.close();
      await fileSystem.syncDirectory(directory);
    });
    return { kind: 'staged', message, name, length, crc };
  } catch (error) {
    await closeQuietly(file);
    // No record names it yet, so nothing was promised for these bytes.
    await fileSystem.removeFile(path).catch(() => undefined);
    throw error;
  }
}

async function orRefuse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asRefusal(error);
  }
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

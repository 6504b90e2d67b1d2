import type { Log, SpoolClass, SpoolRecordHead, StoreReference } from '@holdfast/application';
import { SpoolRefusedError } from '@holdfast/application';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  describeError,
  errorCode,
  type SpoolFile,
  type SpoolFileSystem,
  writeFully,
} from './file-system.ts';
import { encodeRecord, NONCE_BYTES, type RecordBody } from './record.ts';
import { segmentName } from './segment-name.ts';

/** Bytes of bodies in one commit: bounds the copy that is made for the one write. */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;

export interface SegmentWriterOptions {
  readonly class: SpoolClass;
  readonly instance: string;
  /** The instance's directory; exists. */
  readonly directory: string;
  readonly segmentBytes: number;
  readonly diskReserveBytes: number;
  readonly fileSystem: SpoolFileSystem;
  readonly log: Log;
}

export interface SegmentWriter {
  append(head: SpoolRecordHead, body: RecordBody): Promise<StoreReference>;
  /** Waits for what is queued and closes the open segment. */
  close(): Promise<void>;
}

interface Waiting {
  readonly head: SpoolRecordHead;
  readonly body: RecordBody;
  resolve(reference: StoreReference): void;
  reject(error: SpoolRefusedError): void;
}

interface Segment {
  readonly name: string;
  readonly nonce: Buffer;
  readonly file: SpoolFile;
  offset: number;
}

/**
 * Group commit for one class: what is appended while an fdatasync is under way goes into the next batch, which is one
 * write and one fdatasync. After any error the segment is abandoned and its fsync never tried again: Linux reports a
 * failed write-back once and then calls the lost pages clean (LWN "PostgreSQL's fsync() surprise", 2018).
 */
export function createSegmentWriter(options: SegmentWriterOptions): SegmentWriter {
  const { fileSystem, directory, log } = options;
  let queue: Waiting[] = [];
  let segment: Segment | null = null;
  let sequence = 0;
  let running: Promise<void> | null = null;

  async function openSegment(): Promise<Segment> {
    sequence += 1;
    const nonce = randomBytes(NONCE_BYTES);
    const name = segmentName(options.class, sequence, nonce);
    const file = await fileSystem.createFile(join(directory, name));
    try {
      await fileSystem.syncDirectory(directory);
    } catch (error) {
      await closeQuietly(file);
      throw error;
    }
    return { name, nonce, file, offset: 0 };
  }

  async function commit(batch: readonly Waiting[]): Promise<readonly StoreReference[]> {
    const size = batch.reduce((sum, waiting) => sum + inlineBytes(waiting.body), 0);
    await requireRoom(fileSystem, directory, options.diskReserveBytes, size);
    segment ??= await openSegment();
    const target = segment;
    const records = batch.map(({ head, body }) => encodeRecord(target.nonce, head, body));
    let offset = target.offset;
    const references = records.map((record) => {
      const reference = {
        instance: options.instance,
        segment: target.name,
        offset,
        length: record.length,
      };
      offset += record.length;
      return reference;
    });
    await writeFully(target.file, Buffer.concat(records));
    await target.file.dataSync();
    target.offset = offset;
    if (offset >= options.segmentBytes) await leaveSegment();
    return references;
  }

  async function leaveSegment(): Promise<void> {
    const left = segment;
    segment = null;
    if (left !== null) await closeQuietly(left.file);
  }

  async function commitOrRefuse(batch: readonly Waiting[]): Promise<void> {
    try {
      const references = await commit(batch);
      batch.forEach((waiting, index) => {
        const reference = references[index];
        if (reference !== undefined) waiting.resolve(reference);
      });
    } catch (error) {
      const refusal = asRefusal(error);
      log.error('The spool refused a batch', {
        class: options.class,
        segment: segment?.name ?? null,
        messages: batch.length,
        reason: refusal.reason,
        detail: refusal.message,
      });
      // Want of room was found before anything was written: the segment is still whole.
      if (error !== refusal) await leaveSegment();
      for (const waiting of batch) waiting.reject(refusal);
    }
  }

  function takeBatch(): readonly Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const waiting of queue) {
      bytes += inlineBytes(waiting.body);
      if (count > 0 && bytes > MAX_BATCH_BYTES) break;
      count += 1;
    }
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    return batch;
  }

  async function run(): Promise<void> {
    while (queue.length > 0) await commitOrRefuse(takeBatch());
    running = null;
  }

  return {
    append(head, body) {
      const { promise, resolve, reject } = Promise.withResolvers<StoreReference>();
      queue.push({ head, body, resolve, reject });
      running ??= run();
      return promise;
    },
    async close() {
      while (running !== null) await running;
      await leaveSegment();
    },
  };
}

/** Rejects with `disk-reserve` when writing `size` bytes would eat into the reserve. Checked again each time. */
export async function requireRoom(
  fileSystem: SpoolFileSystem,
  directory: string,
  reserve: number,
  size: number,
): Promise<void> {
  const free = await fileSystem.freeBytes(directory);
  if (free - size >= reserve) return;
  throw new SpoolRefusedError(
    'disk-reserve',
    `${free} bytes are free on the spool's disk and ${reserve} are kept in reserve; make room or add disk`,
  );
}

/** What the writer answers: a full disk is want of room (`452`), everything else is doubt (`451`). */
export function asRefusal(error: unknown): SpoolRefusedError {
  if (error instanceof SpoolRefusedError) return error;
  const code = errorCode(error);
  const reason = code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-reserve' : 'write-failed';
  return new SpoolRefusedError(reason, describeError(error));
}

function inlineBytes(body: RecordBody): number {
  return body.kind === 'inline' ? body.bytes.length : 0;
}

export async function closeQuietly(file: SpoolFile): Promise<void> {
  try {
    await file.close();
  } catch {
    // Closing proves nothing either way: what counts was settled by fdatasync.
  }
}

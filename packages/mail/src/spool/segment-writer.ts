import type { Clock, Log, SpoolClass, StoreReference } from '@holdfast/application';
import { SpoolRefusedError } from '@holdfast/application';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DiskReserve } from './disk-reserve.ts';
import {
  describeError,
  errorCode,
  type SpoolFile,
  type SpoolFileSystem,
  writeFully,
} from './file-system.ts';
import { NONCE_BYTES, type SealedRecord, writeRecord } from './record.ts';
import { segmentName } from './segment-name.ts';

/** Bytes in one commit: bounds the buffer that one write is made of. */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;
/** Bytes of the buffer that is kept between batches: fresh memory for each costs its page faults. */
const KEPT_BUFFER_BYTES = 1024 * 1024;
/**
 * A segment that was begun this long ago is left, so that retention, which removes whole segments, is late by a day at
 * most. Unit: milliseconds.
 */
const SEGMENT_MAX_AGE = 24 * 60 * 60 * 1000;

export interface SegmentWriterOptions {
  readonly class: SpoolClass;
  readonly instance: string;
  /** The instance's directory; exists. */
  readonly directory: string;
  readonly segmentBytes: number;
  /** Of the last segment that is there; 0 in a new directory. */
  readonly lastSequence?: number;
  readonly fileSystem: SpoolFileSystem;
  readonly reserve: DiskReserve;
  readonly clock: Clock;
  readonly log: Log;
}

export interface SegmentWriter {
  append(record: SealedRecord): Promise<StoreReference>;
  /** Begins a new segment when the open one is old and holds something: its end is then known to be final. */
  leaveOldSegment(): void;
  /** Waits for what is queued and closes the open segment. */
  close(): Promise<void>;
}

interface Waiting {
  readonly record: SealedRecord;
  resolve(reference: StoreReference): void;
  reject(error: SpoolRefusedError): void;
}

interface Segment {
  readonly name: string;
  readonly nonce: Buffer;
  readonly file: SpoolFile;
  readonly begunAt: number;
  offset: number;
}

/**
 * Group commit for one class: what is appended while an fdatasync is under way goes into the next batch, which is one
 * write and one fdatasync. After any error the segment is abandoned and its fsync never tried again: Linux reports a
 * failed write-back once and then calls the lost pages clean (LWN "PostgreSQL's fsync() surprise", 2018).
 */
export function createSegmentWriter(options: SegmentWriterOptions): SegmentWriter {
  const { fileSystem, directory, log, clock } = options;
  let queue: Waiting[] = [];
  let segment: Segment | null = null;
  let sequence = options.lastSequence ?? 0;
  let running: Promise<void> | null = null;
  let buffer = Buffer.allocUnsafe(0);

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
    return { name, nonce, file, begunAt: clock.now(), offset: 0 };
  }

  function isOld({ begunAt, offset }: Segment): boolean {
    return offset > 0 && clock.now() - begunAt >= SEGMENT_MAX_AGE;
  }

  async function commit(batch: readonly Waiting[]): Promise<readonly StoreReference[]> {
    const size = batch.reduce((sum, { record }) => sum + record.length, 0);
    await options.reserve.requireRoom(size);
    if (segment !== null && isOld(segment)) await leaveSegment();
    segment ??= await openSegment();
    const target = segment;
    const bytes = bufferOf(size);
    let end = 0;
    const references = batch.map(({ record }): StoreReference => {
      const offset = target.offset + end;
      end = writeRecord(bytes, end, target.nonce, record);
      return {
        instance: options.instance,
        segment: target.name,
        offset,
        length: record.length,
      };
    });
    await writeFully(target.file, bytes.subarray(0, end));
    await target.file.dataSync();
    target.offset += end;
    if (target.offset >= options.segmentBytes) await leaveSegment();
    return references;
  }

  function bufferOf(size: number): Buffer {
    if (size > KEPT_BUFFER_BYTES) return Buffer.allocUnsafe(size);
    if (size > buffer.length)
      buffer = Buffer.allocUnsafeSlow(Math.min(KEPT_BUFFER_BYTES, 2 * size));
    return buffer;
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
    for (const { record } of queue) {
      bytes += record.length;
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

  async function replaceOldSegment(): Promise<void> {
    try {
      if (segment === null || !isOld(segment)) return;
      await leaveSegment();
      segment = await openSegment();
    } catch (error) {
      log.warn('no new segment was begun', { error: describeError(error) });
    }
  }

  return {
    append(record) {
      const { promise, resolve, reject } = Promise.withResolvers<StoreReference>();
      queue.push({ record, resolve, reject });
      running ??= run();
      return promise;
    },
    leaveOldSegment() {
      // What is appended meanwhile waits for its turn; a busy writer sees to it by itself.
      running ??= replaceOldSegment().then(run);
    },
    async close() {
      while (running !== null) await running;
      await leaveSegment();
    },
  };
}

/** What the writer answers: a full disk is want of room (`452`), everything else is doubt (`451`). */
export function asRefusal(error: unknown): SpoolRefusedError {
  if (error instanceof SpoolRefusedError) return error;
  const code = errorCode(error);
  const reason = code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-reserve' : 'write-failed';
  return new SpoolRefusedError(reason, describeError(error));
}

export async function closeQuietly(file: SpoolFile): Promise<void> {
  try {
    await file.close();
  } catch {
    // Closing proves nothing either way: what counts was settled by fdatasync.
  }
}

import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './file-system.ts';
import { decodeRecord, type DecodedRecord, FIXED_RECORD_BYTES, recordMarker } from './record.ts';
import { isPlainName, parseSegmentName } from './segment-name.ts';

/** Bytes read at once. */
const WINDOW_BYTES = 1024 * 1024;

/** Random access to the first `size` bytes of a file, through one buffer. */
export interface SegmentWindow {
  readonly size: number;
  /** At most `length` bytes from `offset`; fewer only at the end. */
  bytes(offset: number, length: number): Promise<Buffer>;
}

export function openWindow(handle: FileHandle, size: number): SegmentWindow {
  let start = 0;
  let held: Buffer = Buffer.alloc(0);
  return {
    size,
    async bytes(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      if (offset < start || offset + wanted > start + held.length) {
        held = await readAt(
          handle,
          offset,
          Math.min(Math.max(wanted, WINDOW_BYTES), size - offset),
        );
        start = offset;
      }
      return held.subarray(offset - start, offset - start + wanted);
    },
  };
}

export async function readAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.max(0, length));
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(
      buffer,
      filled,
      buffer.length - filled,
      offset + filled,
    );
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

export type ScanResult =
  | { readonly kind: 'record'; readonly record: DecodedRecord }
  | { readonly kind: 'bad'; readonly detail: string };

export async function recordAt(
  window: SegmentWindow,
  nonce: Buffer,
  offset: number,
): Promise<ScanResult> {
  let needs = FIXED_RECORD_BYTES;
  for (;;) {
    const bytes = await window.bytes(offset, needs);
    const result = decodeRecord(nonce, bytes);
    if (result.kind === 'record' || result.kind === 'bad') return result;
    if (offset + result.needs > window.size) {
      return { kind: 'bad', detail: `cut off after ${window.size - offset} bytes` };
    }
    needs = result.needs;
  }
}

/** Offset of the first whole record at or after `from`, or null: none follows. */
export async function findRecord(
  window: SegmentWindow,
  nonce: Buffer,
  from: number,
): Promise<number | null> {
  const marker = recordMarker(nonce);
  let offset = from;
  while (offset + FIXED_RECORD_BYTES <= window.size) {
    const bytes = await window.bytes(offset, WINDOW_BYTES);
    const hit = bytes.indexOf(marker);
    if (hit === -1) {
      // A marker may lie across the border of two windows.
      offset += Math.max(1, bytes.length - marker.length + 1);
      continue;
    }
    const candidate = offset + hit;
    if ((await recordAt(window, nonce, candidate)).kind === 'record') return candidate;
    offset = candidate + 1;
  }
  return null;
}

/**
 * Where reading goes on behind a record. A damaged one may have lost bytes, so that the next begins before it would end.
 */
export async function behindRecord(
  window: SegmentWindow,
  nonce: Buffer,
  offset: number,
  record: DecodedRecord,
): Promise<number> {
  const end = offset + record.length;
  if (record.damage === null) return end;
  const next = await findRecord(window, nonce, offset + 1);
  return next === null ? end : Math.min(next, end);
}

export interface ScannedSegment {
  /** Names of the body files that its records name. */
  readonly bodies: readonly string[];
  /** Places before the last record where none could be read. What is torn at the end was never promised to anybody. */
  readonly damaged: number;
}

/** Looks through a whole segment; nothing when it is gone. */
export async function scanSegment(directory: string, segment: string): Promise<ScannedSegment> {
  const bodies: string[] = [];
  let damaged = 0;
  await eachRecord(directory, segment, {
    record({ body }) {
      if (body.kind === 'file' && isPlainName(body.name)) bodies.push(body.name);
    },
    damage(_offset, _detail, isTail) {
      if (!isTail) damaged += 1;
    },
  });
  return { bodies, damaged };
}

/** Every record of a segment and every place where there is none, to its end; nothing when it is gone. */
export async function eachRecord(
  directory: string,
  segment: string,
  visit: {
    record(record: DecodedRecord, offset: number): Promise<void> | void;
    damage(offset: number, detail: string, isTail: boolean): void;
  },
): Promise<void> {
  const nonce = parseSegmentName(segment)?.nonce;
  if (nonce === undefined) return;
  const handle = await openIfThere(join(directory, segment));
  if (handle === null) return;
  try {
    const window = openWindow(handle, (await handle.stat()).size);
    let offset = 0;
    while (offset < window.size) {
      const result = await recordAt(window, nonce, offset);
      if (result.kind === 'record') {
        await visit.record(result.record, offset);
        offset = await behindRecord(window, nonce, offset, result.record);
        continue;
      }
      const next = await findRecord(window, nonce, offset + 1);
      visit.damage(offset, result.detail, next === null);
      offset = next ?? window.size;
    }
  } finally {
    await handle.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

import type { FileHandle } from 'node:fs/promises';
import { decodeRecord, type DecodedRecord, FIXED_RECORD_BYTES, recordMarker } from './record.ts';

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

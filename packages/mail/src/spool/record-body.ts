import type { SpoolKeys, StoreReference } from '@holdfast/application';
import {
  MessageDamagedError,
  MessageErasedError,
  MessageGoneError,
  MessageLockedError,
} from '@holdfast/application';
import type { KeyObject } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { CHUNK_BYTES, chunkCount, openChunk, openWhole, TAG_BYTES } from './body-seal.ts';
import { errorCode } from './file-system.ts';
import { createKeyWrapper } from './key-block.ts';
import type { DecodedRecord, RecordBody } from './record.ts';
import { readAt } from './segment-scan.ts';
import { isPlainName } from './segment-name.ts';

interface OpenedBody {
  /** Bytes in clear. */
  readonly length: number;
  /**
   * Verified bytes only; fails before the last of them when the whole is not what was accepted, so that a relay never
   * sends the final dot.
   */
  stream(): AsyncIterable<Uint8Array>;
}

export type OpenBody = (
  /** The directory that the record's segment lies in. */
  directory: string,
  record: DecodedRecord,
  reference: StoreReference,
) => Promise<OpenedBody>;

/** Opens bodies with the keys at hand; one look for new keys when there is none. */
export function createBodyOpener(keys: SpoolKeys): OpenBody {
  const wrapper = createKeyWrapper(keys, null);

  async function keyOf(
    record: DecodedRecord,
    reference: StoreReference,
  ): Promise<KeyObject | null> {
    if (record.keys === null) return null;
    let result = wrapper.unwrap(record.head.id, record.keys);
    if (result.kind === 'locked') {
      await keys.refresh();
      result = wrapper.unwrap(record.head.id, record.keys);
    }
    switch (result.kind) {
      case 'key':
        return result.key;
      case 'locked':
        throw new MessageLockedError(reference);
      case 'broken':
        throw new MessageDamagedError(reference, 'its wrapped keys do not open');
    }
  }

  return async (directory, record, reference) => {
    if (record.erased) throw new MessageErasedError(reference);
    const { body, head } = record;
    const key = await keyOf(record, reference);
    if (body.kind === 'file') {
      if (!isPlainName(body.name)) throw new MessageGoneError(reference);
      const path = join(directory, body.name);
      await requireFile(path, body, reference);
      const stream = () => streamFile({ path, body, key, recordId: head.id, reference });
      return { length: body.length, stream };
    }
    const bytes = key === null ? inClear(record, body.bytes) : openWhole(key, head.id, body.bytes);
    if (bytes === null)
      throw new MessageDamagedError(reference, record.damage ?? 'its body does not open');
    return {
      length: bytes.length,
      // oxlint-disable-next-line require-await
      async *stream() {
        yield bytes;
      },
    };
  };
}

function inClear(record: DecodedRecord, bytes: Buffer): Buffer | null {
  return record.damage === null ? bytes : null;
}

async function requireFile(
  path: string,
  body: Extract<RecordBody, { kind: 'file' }>,
  reference: StoreReference,
): Promise<void> {
  const handle = await openOrGone(path, reference);
  try {
    const { size } = await handle.stat();
    if (size !== body.storedLength)
      throw new MessageDamagedError(
        reference,
        `its body file has ${size} bytes, not ${body.storedLength}`,
      );
  } finally {
    await handle.close();
  }
}

interface BodyFile {
  readonly path: string;
  readonly body: Extract<RecordBody, { kind: 'file' }>;
  /** Null: in clear (version 1). */
  readonly key: KeyObject | null;
  readonly recordId: string;
  readonly reference: StoreReference;
}

async function* streamFile(file: BodyFile): AsyncGenerator<Uint8Array> {
  const { path, body, key, recordId, reference } = file;
  const handle = await openOrGone(path, reference);
  try {
    const count = chunkCount(body.length);
    const stride = CHUNK_BYTES + (key === null ? 0 : TAG_BYTES);
    let crc = 0;
    for (let index = 0; index < count; index += 1) {
      const isLast = index === count - 1;
      const offset = index * stride;
      const stored = await readAt(handle, offset, Math.min(stride, body.storedLength - offset));
      crc = crc32(stored, crc);
      // The last chunk is held back until the whole is known to be right.
      if (isLast && crc !== body.crc)
        throw new MessageDamagedError(reference, 'checksum of its body file does not match');
      const chunk = key === null ? stored : openChunk(key, recordId, index, isLast, stored);
      if (chunk === null)
        throw new MessageDamagedError(reference, `its body file does not open at ${offset}`);
      yield chunk;
    }
  } finally {
    await handle.close();
  }
}

export function openOrGone(path: string, reference: StoreReference): Promise<FileHandle> {
  return orGone(reference, () => open(path, 'r'));
}

/** What is not there is gone; everything else is another matter. */
export async function orGone<T>(reference: StoreReference, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new MessageGoneError(reference);
    throw error;
  }
}

import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

/**
 * Bodies under the key of their record, AES-256-GCM. A body in its record is sealed at once; one in a file of its own in
 * chunks, so that a reader can pass on verified text without holding the whole: STREAM (Hoang, Reyhanitabar, Rogaway,
 * Vizár 2015) with the nonce 0⁷ ‖ counter ‖ last. Cutting off, reordering or swapping chunks makes one fail to open. The
 * nonce needs no random part: a record key seals one body only.
 */
export const CHUNK_BYTES = 64 * 1024;
export const TAG_BYTES = 16;
const NONCE_BYTES = 12;
const COUNTER_OFFSET = 7;
const LAST_OFFSET = 11;
const ALGORITHM = 'aes-256-gcm';
/** Chunks never carry this in the last byte, so that a sealed body cannot be taken for a chunk. */
const WHOLE = 2;

const WHOLE_NONCE = nonceOf(0, WHOLE);

/** Text and tag. */
export function sealWhole(key: KeyObject, recordId: string, body: Uint8Array): readonly Buffer[] {
  return seal(key, WHOLE_NONCE, recordId, body);
}

/** Null when the bytes are not what was sealed. */
export function openWhole(key: KeyObject, recordId: string, sealed: Buffer): Buffer | null {
  return open(key, WHOLE_NONCE, recordId, sealed);
}

/** Bytes that a body of `length` bytes takes in a file of its own. */
export function sealedLength(length: number): number {
  return length + TAG_BYTES * chunkCount(length);
}

export function chunkCount(length: number): number {
  return Math.max(1, Math.ceil(length / CHUNK_BYTES));
}

export function openChunk(
  key: KeyObject,
  recordId: string,
  index: number,
  isLast: boolean,
  sealed: Buffer,
): Buffer | null {
  return open(key, nonceOf(index, isLast ? 1 : 0), recordId, sealed);
}

/** Pieces of any size in, sealed chunks out. */
export async function* sealPieces(
  key: KeyObject,
  recordId: string,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ readonly sealed: Buffer; readonly length: number }> {
  let index = 0;
  let filled = 0;
  const pending = Buffer.allocUnsafe(CHUNK_BYTES);
  const flush = (isLast: boolean): { readonly sealed: Buffer; readonly length: number } => {
    const text = pending.subarray(0, filled);
    const sealed = Buffer.concat(seal(key, nonceOf(index, isLast ? 1 : 0), recordId, text));
    const length = filled;
    index += 1;
    filled = 0;
    return { sealed, length };
  };
  for await (const piece of pieces) {
    let taken = 0;
    while (taken < piece.length) {
      // A full chunk waits for the next byte: only then is it known not to be the last.
      if (filled === CHUNK_BYTES) yield flush(false);
      const some = piece.subarray(taken, taken + CHUNK_BYTES - filled);
      pending.set(some, filled);
      filled += some.length;
      taken += some.length;
    }
  }
  yield flush(true);
}

function nonceOf(counter: number, last: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(counter, COUNTER_OFFSET);
  nonce.writeUInt8(last, LAST_OFFSET);
  return nonce;
}

function seal(
  key: KeyObject,
  nonce: Buffer,
  recordId: string,
  text: Uint8Array,
): readonly Buffer[] {
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(Buffer.from(recordId, 'utf8'));
  const sealed = cipher.update(text);
  cipher.final();
  return [sealed, cipher.getAuthTag()];
}

function open(key: KeyObject, nonce: Buffer, recordId: string, sealed: Buffer): Buffer | null {
  if (sealed.length < TAG_BYTES) return null;
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(recordId, 'utf8'));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const text = decipher.update(sealed.subarray(0, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return text;
}

import type { MessageStore, StoreReference } from '@holdfast/application';
import { MessageGoneError, MessageTooBigError } from '@holdfast/application';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { errorCode } from './file-system.ts';
import { bodyLength, type DecodedRecord, type RecordBody } from './record.ts';
import { openWindow, readAt, recordAt } from './segment-scan.ts';
import { isPlainName, parseSegmentName } from './segment-name.ts';

export interface LocalMessageStoreOptions {
  /** The spool; it is the store as well. */
  readonly directory: string;
}

/** Bytes of a body file read at once. */
const CHUNK_BYTES = 64 * 1024;

/** Reads the spool itself: a reference says where the record lies, no database is asked. */
export function createLocalMessageStore({ directory }: LocalMessageStoreOptions): MessageStore {
  async function openMessage(reference: StoreReference): ReturnType<MessageStore['open']> {
    const record = await recordOf(directory, reference);
    const { body } = record;
    const traceHeaders = Buffer.from(record.head.traceHeaders, 'utf8');
    const path = body.kind === 'file' ? bodyPath(directory, reference, body.name) : null;
    if (path !== null) await requireBody(path, body, reference);
    return {
      size: traceHeaders.length + bodyLength(body),
      async *stream() {
        if (traceHeaders.length > 0) yield traceHeaders;
        if (body.kind === 'inline') yield body.bytes;
        else if (path !== null) yield* streamBody(path, body, reference);
      },
    };
  }

  return {
    open: openMessage,
    async read(reference, limit) {
      const message = await openMessage(reference);
      if (message.size > limit) throw new MessageTooBigError(message.size, limit);
      const chunks: Uint8Array[] = [];
      for await (const chunk of message.stream()) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
  };
}

/** The whole body of a record of this spool instance. */
export async function readBody(
  instanceDirectory: string,
  body: RecordBody,
  reference: StoreReference,
  limit: number,
): Promise<Uint8Array> {
  if (bodyLength(body) > limit) throw new MessageTooBigError(bodyLength(body), limit);
  if (body.kind === 'inline') return body.bytes;
  if (!isPlainName(body.name)) throw new MessageGoneError(reference);
  const chunks: Uint8Array[] = [];
  for await (const chunk of streamBody(join(instanceDirectory, body.name), body, reference)) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function recordOf(directory: string, reference: StoreReference): Promise<DecodedRecord> {
  const segment = parseSegmentName(reference.segment);
  if (segment === null || !isPlainName(reference.instance)) throw new MessageGoneError(reference);
  const path = join(directory, reference.instance, reference.segment);
  const handle = await openOrGone(path, reference);
  try {
    const end = Math.min((await handle.stat()).size, reference.offset + reference.length);
    const result = await recordAt(openWindow(handle, end), segment.nonce, reference.offset);
    if (result.kind === 'bad') throw new MessageGoneError(reference);
    return result.record;
  } finally {
    await handle.close();
  }
}

function bodyPath(directory: string, reference: StoreReference, name: string): string {
  if (!isPlainName(name)) throw new MessageGoneError(reference);
  return join(directory, reference.instance, name);
}

async function requireBody(
  path: string,
  body: RecordBody,
  reference: StoreReference,
): Promise<void> {
  const handle = await openOrGone(path, reference);
  try {
    if ((await handle.stat()).size !== bodyLength(body)) throw new MessageGoneError(reference);
  } finally {
    await handle.close();
  }
}

/** Fails at the end when the bytes are not the ones that were accepted, so that a relay never sends the final dot. */
async function* streamBody(
  path: string,
  body: Extract<RecordBody, { kind: 'file' }>,
  reference: StoreReference,
): AsyncGenerator<Uint8Array> {
  const handle = await openOrGone(path, reference);
  try {
    let crc = 0;
    let offset = 0;
    while (offset < body.length) {
      const chunk = await readAt(handle, offset, Math.min(CHUNK_BYTES, body.length - offset));
      if (chunk.length === 0) throw new MessageGoneError(reference);
      crc = crc32(chunk, crc);
      offset += chunk.length;
      // The last chunk is held back until the whole is known to be right.
      if (offset >= body.length && crc !== body.crc) throw new MessageGoneError(reference);
      yield chunk;
    }
  } finally {
    await handle.close();
  }
}

async function openOrGone(
  path: string,
  reference: StoreReference,
): Promise<Awaited<ReturnType<typeof open>>> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new MessageGoneError(reference);
    throw error;
  }
}

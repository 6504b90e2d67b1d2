import type { MessageErasure, StoreReference } from '@holdfast/application';
import { MessageDamagedError, MessageGoneError } from '@holdfast/application';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { errorCode } from './file-system.ts';
import { entriesOf } from './key-block.ts';
import { FLAGS_OFFSET, KEYS_CRC_OFFSET, markedErased, type DecodedRecord } from './record.ts';
import { recordOf } from './message-store.ts';
import { isPlainName } from './segment-name.ts';
import { organisationsNamed } from './record-sealer.ts';

/** Bytes of zeros written at once. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * In place: the one exception to files that are only appended to. Keys go first and the mark last, so that a crash
 * between leaves a message that nobody can read and that a repetition finishes. On disks that write elsewhere than they
 * say (flash, copy on write) the old bytes may linger: without the key they are noise.
 */
export function createMessageErasure({
  directory,
}: {
  /** The spool. */
  readonly directory: string;
}): MessageErasure {
  return {
    async erase(reference, organisationId) {
      const record = await recordOf(directory, reference);
      if (record.erased) return;
      const place = join(directory, reference.instance);
      const handle = await openForWriting(join(place, reference.segment), reference);
      try {
        if (!(await takeKey(handle, record, reference, organisationId))) return;
        await overwriteBody(handle, place, record, reference);
        await handle.datasync();
        const flags = await byteAt(handle, reference.offset + FLAGS_OFFSET);
        flags.writeUInt8(markedErased(flags.readUInt8(0)));
        await writeFully(handle, flags, reference.offset + FLAGS_OFFSET);
        await handle.datasync();
      } finally {
        await handle.close();
      }
    },
  };
}

/** Whether the body is to go as well: no other organisation has a key of it. */
async function takeKey(
  handle: FileHandle,
  record: DecodedRecord,
  reference: StoreReference,
  organisationId: string,
): Promise<boolean> {
  const { keys, head } = record;
  if (keys === null) {
    const others = organisationsNamed(head).filter((id) => id !== organisationId);
    if (others.length > 0)
      throw new MessageDamagedError(
        reference,
        'it is in clear (version 1) and another organisation has it as well',
      );
    return true;
  }
  const left = Buffer.from(keys);
  for (const entry of entriesOf(left)) {
    if (entry.organisationId === organisationId)
      left.fill(0, entry.offset, entry.offset + entry.length);
  }
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(left));
  await writeFully(handle, left, reference.offset + record.keysAt);
  await writeFully(handle, checksum, reference.offset + KEYS_CRC_OFFSET);
  await handle.datasync();
  return entriesOf(left).length === 0;
}

async function overwriteBody(
  handle: FileHandle,
  place: string,
  { body, payloadAt, length }: DecodedRecord,
  reference: StoreReference,
): Promise<void> {
  if (body.kind === 'inline') {
    await writeFully(handle, Buffer.alloc(length - payloadAt), reference.offset + payloadAt);
    return;
  }
  if (!isPlainName(body.name)) return;
  // Linked under a second name in `kept`, it is the same file.
  const file = await openIfThere(join(place, body.name));
  if (file === null) return;
  try {
    const { size } = await file.stat();
    const zeros = Buffer.alloc(Math.min(CHUNK_BYTES, size));
    for (let at = 0; at < size; at += zeros.length)
      await writeFully(file, zeros.subarray(0, Math.min(zeros.length, size - at)), at);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function byteAt(handle: FileHandle, position: number): Promise<Buffer> {
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, position);
  return byte;
}

async function writeFully(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const left = bytes.length - written;
    written += (await handle.write(bytes, written, left, position + written)).bytesWritten;
  }
}

async function openForWriting(path: string, reference: StoreReference): Promise<FileHandle> {
  const handle = await openIfThere(path);
  if (handle === null) throw new MessageGoneError(reference);
  return handle;
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

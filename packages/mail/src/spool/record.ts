import type { SpoolRecordHead } from '@holdfast/application';
import { crc32 } from 'node:zlib';
import { entriesOf } from './key-block.ts';

/**
 * One spool record on disk, all integers big-endian:
 *
 * | offset | bytes | what |
 * | --- | --- | --- |
 * | 0 | 4 | `HFSP` |
 * | 4 | 8 | nonce of the segment, also in its file name |
 * | 12 | 2 | version, 2 |
 * | 14 | 2 | flags: bit 0 the body is in a file of its own, bit 1 it was erased |
 * | 16 | 4 | length of the head |
 * | 20 | 4 | length of the wrapped keys |
 * | 24 | 4 | length of the payload |
 * | 28 | 8 | length of the message body in clear |
 * | 36 | 8 | length of the body as stored |
 * | 44 | 4 | CRC-32 of the body as stored, wherever it lies |
 * | 48 | 4 | CRC-32 of the wrapped keys |
 * | 52 | 4 | CRC-32 of bytes 0–47 (bit 1 of the flags as zero), the head, and the payload when that is a file name |
 * | 56 | | head: JSON in clear, then wrapped keys, then payload: the sealed body itself or the name of its file |
 *
 * Version 1 is read as well: its body is in clear, and 16 zero bytes stand where version 2 has its first lengths (see
 * `readVersionOne`).
 *
 * The nonce makes the magic unguessable: a message that carries the bytes of a forged record cannot be taken for one
 * when a reader scans on past damage. Erasure overwrites the keys and sets the mark: neither is under the checksum of the
 * head, so that a crash in its midst leaves a record that still counts. The mark is believed only where the keys (in
 * version 1: a body in the record) are gone as well.
 */
const MAGIC = Buffer.from('HFSP', 'latin1');
const VERSION = 2;
const VERSION_IN_CLEAR = 1;
const FLAG_BODY_FILE = 1;
const FLAG_ERASED = 2;
const FIXED_LENGTH = 56;
const CRC_OFFSET = 52;
/** Offset of the byte that the mark of erasure is in. */
export const FLAGS_OFFSET = 15;
export const KEYS_CRC_OFFSET = 48;
/** The checksum of the head covers the fixed part up to here. */
const COVERED = { [VERSION_IN_CLEAR]: CRC_OFFSET, [VERSION]: KEYS_CRC_OFFSET } as const;

/** Bytes; a head with a thousand recipients takes about 300 KiB. */
const MAX_HEAD_BYTES = 16 * 1024 * 1024;
/** Bytes; about 110 for each organisation that a message is for. */
const MAX_KEYS_BYTES = 1024 * 1024;
/** Bytes; larger bodies lie in files of their own, so a payload length beyond this is damage. */
const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;
/** Bytes of the shortest record that can exist. */
export const FIXED_RECORD_BYTES = FIXED_LENGTH;
export const NONCE_BYTES = 8;

/** The body as it is stored. */
export type RecordBody =
  | { readonly kind: 'inline'; readonly bytes: Buffer; readonly length: number }
  | {
      readonly kind: 'file';
      readonly name: string;
      /** Bytes in clear. */
      readonly length: number;
      /** Bytes of the file. */
      readonly storedLength: number;
      /** Of the file. */
      readonly crc: number;
    };

export interface DecodedRecord {
  readonly head: SpoolRecordHead;
  readonly body: RecordBody;
  /** Null for a record of version 1: its body is in clear. */
  readonly keys: Buffer | null;
  readonly erased: boolean;
  /** The head is whole and the rest is not: what is wrong. Its recipients were accepted all the same. */
  readonly damage: string | null;
  /** Bytes of the whole record. */
  readonly length: number;
  /** Where the wrapped keys begin in the record; where the payload does. */
  readonly keysAt: number;
  readonly payloadAt: number;
}

export type DecodeResult =
  | { readonly kind: 'record'; readonly record: DecodedRecord }
  /** What is there may be the beginning of a record; it needs this many bytes to tell. */
  | { readonly kind: 'short'; readonly needs: number }
  | { readonly kind: 'bad'; readonly detail: string };

/** What is written: everything but the segment's nonce is settled. */
export interface SealedRecord {
  /** JSON. */
  readonly head: string;
  readonly headLength: number;
  readonly keys: Uint8Array;
  readonly body:
    | {
        readonly kind: 'inline';
        readonly parts: readonly Uint8Array[];
        readonly length: number;
        readonly storedLength: number;
      }
    | Extract<RecordBody, { kind: 'file' }>;
  /** Bytes of the whole record. */
  readonly length: number;
}

/** The twelve bytes that open every record of a segment. */
export function recordMarker(nonce: Uint8Array): Buffer {
  return Buffer.concat([MAGIC, nonce]);
}

/** Throws `RangeError` when a part is larger than a reader would accept. */
export function sealedRecord(
  head: SpoolRecordHead,
  keys: Uint8Array,
  body: SealedRecord['body'],
): SealedRecord {
  const json = JSON.stringify(head);
  const headLength = Buffer.byteLength(json, 'utf8');
  const payload = payloadLength(body);
  if (headLength > MAX_HEAD_BYTES) throw new RangeError(`Record head of ${headLength} bytes`);
  if (keys.length > MAX_KEYS_BYTES) throw new RangeError(`Record keys of ${keys.length} bytes`);
  if (payload > MAX_PAYLOAD_BYTES) throw new RangeError(`Record payload of ${payload} bytes`);
  const length = FIXED_LENGTH + headLength + keys.length + payload;
  return { head: json, headLength, keys, body, length };
}

/** Writes the record into `target` at `offset`; returns the offset behind it. */
export function writeRecord(
  target: Buffer,
  offset: number,
  nonce: Uint8Array,
  record: SealedRecord,
): number {
  const { body, keys, headLength } = record;
  const headAt = offset + FIXED_LENGTH;
  const payloadAt = headAt + headLength + keys.length;
  target.write(record.head, headAt, 'utf8');
  target.set(keys, headAt + headLength);
  let end = payloadAt;
  if (body.kind === 'file') end += target.write(body.name, payloadAt, 'utf8');
  else
    for (const part of body.parts) {
      target.set(part, end);
      end += part.length;
    }
  target.set(MAGIC, offset);
  target.set(nonce, offset + 4);
  target.writeUInt16BE(VERSION, offset + 12);
  target.writeUInt16BE(body.kind === 'file' ? FLAG_BODY_FILE : 0, offset + 14);
  target.writeUInt32BE(headLength, offset + 16);
  target.writeUInt32BE(keys.length, offset + 20);
  target.writeUInt32BE(end - payloadAt, offset + 24);
  writeLength(target, body.length, offset + 28);
  writeLength(target, body.storedLength, offset + 36);
  const payload = target.subarray(payloadAt, end);
  target.writeUInt32BE(body.kind === 'file' ? body.crc : crc32(payload), offset + 44);
  target.writeUInt32BE(crc32(keys), offset + 48);
  const json = target.subarray(headAt, headAt + headLength);
  const fixed = target.subarray(offset, offset + COVERED[VERSION]);
  const crc = headCrc(fixed, json, body.kind === 'file' ? payload : null);
  target.writeUInt32BE(crc, offset + CRC_OFFSET);
  return end;
}

/** Whether a record can have this length: a reference may come out of a database that was tampered with. */
export function isRecordLength(length: number): boolean {
  const most = FIXED_LENGTH + MAX_HEAD_BYTES + MAX_KEYS_BYTES + MAX_PAYLOAD_BYTES;
  return length >= FIXED_LENGTH && length <= most;
}

/** Reads the record at the start of `bytes`; `bytes` may go on beyond it or stop short of it. Never throws. */
export function decodeRecord(nonce: Uint8Array, bytes: Buffer): DecodeResult {
  const marker = recordMarker(nonce);
  const shown = bytes.subarray(0, marker.length);
  if (!shown.equals(marker.subarray(0, shown.length))) return bad('no record marker');
  if (bytes.length < FIXED_LENGTH) return { kind: 'short', needs: FIXED_LENGTH };
  const version = bytes.readUInt16BE(12);
  if (version !== VERSION && version !== VERSION_IN_CLEAR) {
    return bad(`version ${version} is not known here`);
  }
  const fixed = version === VERSION ? readVersionTwo(bytes) : readVersionOne(bytes);
  const tooLong =
    fixed.headLength > MAX_HEAD_BYTES ||
    fixed.keysLength > MAX_KEYS_BYTES ||
    fixed.payloadLength > MAX_PAYLOAD_BYTES;
  if (tooLong) return bad('impossible length');
  const keysAt = FIXED_LENGTH + fixed.headLength;
  const payloadAt = keysAt + fixed.keysLength;
  const length = payloadAt + fixed.payloadLength;
  if (bytes.length < length) return { kind: 'short', needs: length };
  const flags = bytes.readUInt16BE(14);
  const inFile = (flags & FLAG_BODY_FILE) !== 0;
  const json = bytes.subarray(FIXED_LENGTH, keysAt);
  const payload = bytes.subarray(payloadAt, length);
  const crc = headCrc(bytes.subarray(0, COVERED[version]), json, inFile ? payload : null);
  if (crc !== bytes.readUInt32BE(CRC_OFFSET)) return bad('checksum of the head does not match');
  if ((flags & ~(FLAG_BODY_FILE | FLAG_ERASED)) !== 0) return bad(`flags ${flags} are not known`);
  const head = parseHead(json);
  if (head === null) return bad('the head is not JSON');
  const keys = version === VERSION ? bytes.subarray(keysAt, payloadAt) : null;
  const { bodyLength, storedLength, bodyCrc } = fixed;
  const isWhole = inFile || (payload.length === storedLength && crc32(payload) === bodyCrc);
  const marked = (flags & FLAG_ERASED) !== 0;
  const erased =
    marked && (keys === null ? inFile || isErasedText(payload) : entriesOf(keys).length === 0);
  const body: RecordBody = inFile
    ? {
        kind: 'file',
        name: payload.toString('utf8'),
        length: bodyLength,
        storedLength,
        crc: bodyCrc,
      }
    : { kind: 'inline', bytes: payload, length: bodyLength };
  const damage = erased ? null : damageOf(isWhole, keys, fixed.keysCrc);
  return {
    kind: 'record',
    record: { head, body, keys, erased, damage, length, keysAt, payloadAt },
  };
}

/**
 * The same record for another segment, and its body under another name: everything else, sealed keys and body, stays as
 * it is. `bytes` is a whole record of either version.
 */
export function movedRecord(bytes: Buffer, nonce: Uint8Array, bodyName: string | null): Buffer {
  const version = bytes.readUInt16BE(12) === VERSION ? VERSION : VERSION_IN_CLEAR;
  const fixed = version === VERSION ? readVersionTwo(bytes) : readVersionOne(bytes);
  const payloadAt = FIXED_LENGTH + fixed.headLength + fixed.keysLength;
  const name = bodyName === null ? null : Buffer.from(bodyName, 'utf8');
  const moved = Buffer.concat([bytes.subarray(0, payloadAt), name ?? bytes.subarray(payloadAt)]);
  moved.set(nonce, 4);
  if (name !== null) moved.writeUInt32BE(name.length, version === VERSION ? 24 : 36);
  const json = moved.subarray(FIXED_LENGTH, FIXED_LENGTH + fixed.headLength);
  const crc = headCrc(moved.subarray(0, COVERED[version]), json, name);
  moved.writeUInt32BE(crc, CRC_OFFSET);
  return moved;
}

interface FixedPart {
  readonly headLength: number;
  readonly keysLength: number;
  readonly payloadLength: number;
  readonly bodyLength: number;
  readonly storedLength: number;
  readonly bodyCrc: number;
  readonly keysCrc: number;
}

function readVersionTwo(bytes: Buffer): FixedPart {
  return {
    headLength: bytes.readUInt32BE(16),
    keysLength: bytes.readUInt32BE(20),
    payloadLength: bytes.readUInt32BE(24),
    bodyLength: readLength(bytes, 28),
    storedLength: readLength(bytes, 36),
    bodyCrc: bytes.readUInt32BE(44),
    keysCrc: bytes.readUInt32BE(48),
  };
}

/** 16: key id, always zero. 32: length of the head. 36: of the payload. 40: of the body. 48: CRC-32 of the body. */
function readVersionOne(bytes: Buffer): FixedPart {
  const bodyLength = readLength(bytes, 40);
  return {
    headLength: bytes.readUInt32BE(32),
    keysLength: 0,
    payloadLength: bytes.readUInt32BE(36),
    bodyLength,
    storedLength: bodyLength,
    bodyCrc: bytes.readUInt32BE(48),
    keysCrc: 0,
  };
}

function damageOf(bodyIsWhole: boolean, keys: Buffer | null, keysCrc: number): string | null {
  if (!bodyIsWhole) return 'checksum of the body does not match';
  if (keys !== null && crc32(keys) !== keysCrc)
    return 'checksum of the wrapped keys does not match';
  return null;
}

function payloadLength(body: SealedRecord['body']): number {
  return body.kind === 'inline' ? body.storedLength : Buffer.byteLength(body.name, 'utf8');
}

function headCrc(fixed: Uint8Array, json: Uint8Array, fileName: Uint8Array | null): number {
  const flags = Uint8Array.of((fixed[FLAGS_OFFSET] ?? 0) & ~FLAG_ERASED);
  const before = crc32(flags, crc32(fixed.subarray(0, FLAGS_OFFSET)));
  const first = crc32(json, crc32(fixed.subarray(FLAGS_OFFSET + 1), before));
  return fileName === null ? first : crc32(fileName, first);
}

/** The flags' lower byte with the mark of erasure set. */
export function markedErased(flags: number): number {
  return flags | FLAG_ERASED;
}

/** Mail in clear (version 1) holds no NUL, let alone nothing else. */
function isErasedText(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.every((byte) => byte === 0);
}

/** Lengths are below 2^53: two halves are ten times faster than a BigInt. */
function writeLength(target: Buffer, value: number, offset: number): void {
  target.writeUInt32BE(Math.floor(value / 2 ** 32), offset);
  target.writeUInt32BE(value % 2 ** 32, offset + 4);
}

function readLength(bytes: Buffer, offset: number): number {
  return bytes.readUInt32BE(offset) * 2 ** 32 + bytes.readUInt32BE(offset + 4);
}

/** Only this package writes heads and the checksum has been compared, so the shape is not validated again. */
function parseHead(json: Buffer): SpoolRecordHead | null {
  try {
    return JSON.parse(json.toString('utf8')) as SpoolRecordHead;
  } catch {
    return null;
  }
}

function bad(detail: string): DecodeResult {
  return { kind: 'bad', detail };
}

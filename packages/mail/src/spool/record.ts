import type { SpoolRecordHead } from '@holdfast/application';
import { crc32 } from 'node:zlib';

/**
 * One spool record on disk, all integers big-endian:
 *
 * | offset | bytes | what |
 * | --- | --- | --- |
 * | 0 | 4 | `HFSP` |
 * | 4 | 8 | nonce of the segment, also in its file name |
 * | 12 | 2 | version, 1 |
 * | 14 | 2 | flags: bit 0 the body is in a file of its own |
 * | 16 | 16 | id of the key the body is encrypted with; zero: not encrypted |
 * | 32 | 4 | length of the head |
 * | 36 | 4 | length of the payload |
 * | 40 | 8 | length of the message body |
 * | 48 | 4 | CRC-32 of the message body, wherever it lies |
 * | 52 | 4 | CRC-32 of bytes 0–51, the head, and the payload when that is a file name |
 * | 56 | | head: JSON, then payload: the body itself or the name of its file |
 *
 * The nonce makes the magic unguessable: a message that carries the bytes of a forged record cannot be taken for one
 * when a reader scans on past damage.
 */
const MAGIC = Buffer.from('HFSP', 'latin1');
const VERSION = 1;
const FLAG_BODY_FILE = 1;
const FIXED_LENGTH = 56;
const CRC_OFFSET = 52;
const KEY_ID_LENGTH = 16;

/** Bytes; a head with a thousand recipients takes about 300 KiB. */
const MAX_HEAD_BYTES = 16 * 1024 * 1024;
/** Bytes; larger bodies lie in files of their own, so a payload length beyond this is damage. */
const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;
/** Bytes of the shortest record that can exist. */
export const FIXED_RECORD_BYTES = FIXED_LENGTH;
export const NONCE_BYTES = 8;

export type RecordBody =
  | { readonly kind: 'inline'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly length: number;
      readonly crc: number;
    };

export interface DecodedRecord {
  readonly head: SpoolRecordHead;
  readonly body: RecordBody;
  /** Bytes of the whole record. */
  readonly length: number;
}

export type DecodeResult =
  | { readonly kind: 'record'; readonly record: DecodedRecord }
  /** What is there may be the beginning of a record; it needs this many bytes to tell. */
  | { readonly kind: 'short'; readonly needs: number }
  | { readonly kind: 'bad'; readonly detail: string };

/** The twelve bytes that open every record of a segment. */
export function recordMarker(nonce: Uint8Array): Buffer {
  return Buffer.concat([MAGIC, nonce]);
}

/** Throws `RangeError` when head or payload are larger than a reader would accept. */
export function encodeRecord(nonce: Uint8Array, head: SpoolRecordHead, body: RecordBody): Buffer {
  const json = Buffer.from(JSON.stringify(head), 'utf8');
  const payload = body.kind === 'inline' ? body.bytes : Buffer.from(body.name, 'utf8');
  if (json.length > MAX_HEAD_BYTES) throw new RangeError(`Record head of ${json.length} bytes`);
  if (payload.length > MAX_PAYLOAD_BYTES) {
    throw new RangeError(`Record payload of ${payload.length} bytes`);
  }
  const fixed = Buffer.alloc(FIXED_LENGTH);
  recordMarker(nonce).copy(fixed, 0);
  fixed.writeUInt16BE(VERSION, 12);
  fixed.writeUInt16BE(body.kind === 'file' ? FLAG_BODY_FILE : 0, 14);
  fixed.fill(0, 16, 16 + KEY_ID_LENGTH);
  fixed.writeUInt32BE(json.length, 32);
  fixed.writeUInt32BE(payload.length, 36);
  fixed.writeBigUInt64BE(BigInt(body.kind === 'inline' ? body.bytes.length : body.length), 40);
  fixed.writeUInt32BE(body.kind === 'inline' ? crc32(body.bytes) : body.crc, 48);
  fixed.writeUInt32BE(headCrc(fixed, json, body.kind === 'file' ? payload : null), CRC_OFFSET);
  return Buffer.concat([fixed, json, payload]);
}

/** Reads the record at the start of `bytes`; `bytes` may go on beyond it or stop short of it. Never throws. */
export function decodeRecord(nonce: Uint8Array, bytes: Buffer): DecodeResult {
  const marker = recordMarker(nonce);
  const shown = bytes.subarray(0, marker.length);
  if (!shown.equals(marker.subarray(0, shown.length))) return bad('no record marker');
  if (bytes.length < FIXED_LENGTH) return { kind: 'short', needs: FIXED_LENGTH };
  const version = bytes.readUInt16BE(12);
  const flags = bytes.readUInt16BE(14);
  const headLength = bytes.readUInt32BE(32);
  const payloadLength = bytes.readUInt32BE(36);
  const bodyLength = Number(bytes.readBigUInt64BE(40));
  if (headLength > MAX_HEAD_BYTES || payloadLength > MAX_PAYLOAD_BYTES) {
    return bad('impossible length');
  }
  const length = FIXED_LENGTH + headLength + payloadLength;
  if (bytes.length < length) return { kind: 'short', needs: length };
  const fixed = bytes.subarray(0, FIXED_LENGTH);
  const json = bytes.subarray(FIXED_LENGTH, FIXED_LENGTH + headLength);
  const payload = bytes.subarray(FIXED_LENGTH + headLength, length);
  const inFile = (flags & FLAG_BODY_FILE) !== 0;
  if (headCrc(fixed, json, inFile ? payload : null) !== bytes.readUInt32BE(CRC_OFFSET)) {
    return bad('checksum of the head does not match');
  }
  if (version !== VERSION) return bad(`version ${version} is not known here`);
  if (flags !== 0 && flags !== FLAG_BODY_FILE) return bad(`flags ${flags} are not known here`);
  const crc = bytes.readUInt32BE(48);
  if (!inFile && (payloadLength !== bodyLength || crc32(payload) !== crc)) {
    return bad('checksum of the body does not match');
  }
  const head = parseHead(json);
  if (head === null) return bad('the head is not JSON');
  const body: RecordBody = inFile
    ? { kind: 'file', name: payload.toString('utf8'), length: bodyLength, crc }
    : { kind: 'inline', bytes: payload };
  return { kind: 'record', record: { head, body, length } };
}

export function bodyLength(body: RecordBody): number {
  return body.kind === 'inline' ? body.bytes.length : body.length;
}

function headCrc(fixed: Uint8Array, json: Uint8Array, fileName: Uint8Array | null): number {
  const first = crc32(json, crc32(fixed.subarray(0, CRC_OFFSET)));
  return fileName === null ? first : crc32(fileName, first);
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

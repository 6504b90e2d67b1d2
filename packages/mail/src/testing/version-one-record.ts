import type { SpoolRecordHead } from '@holdfast/application';
import { crc32 } from 'node:zlib';

/** As Holdfast wrote records before bodies were encrypted; disks still hold them. */
export function versionOneRecord(
  nonce: Uint8Array,
  head: SpoolRecordHead,
  body: Uint8Array | { readonly name: string; readonly length: number; readonly crc: number },
): Buffer {
  const json = Buffer.from(JSON.stringify(head), 'utf8');
  const inFile = !(body instanceof Uint8Array);
  const payload = inFile ? Buffer.from(body.name, 'utf8') : body;
  const fixed = Buffer.alloc(56);
  fixed.write('HFSP', 0, 'latin1');
  fixed.set(nonce, 4);
  fixed.writeUInt16BE(1, 12);
  fixed.writeUInt16BE(inFile ? 1 : 0, 14);
  fixed.writeUInt32BE(json.length, 32);
  fixed.writeUInt32BE(payload.length, 36);
  fixed.writeBigUInt64BE(BigInt(body.length), 40);
  fixed.writeUInt32BE(inFile ? body.crc : crc32(body), 48);
  const first = crc32(json, crc32(fixed.subarray(0, 52)));
  fixed.writeUInt32BE(inFile ? crc32(payload, first) : first, 52);
  return Buffer.concat([fixed, json, payload]);
}

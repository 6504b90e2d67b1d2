import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordHead } from '../testing/fixtures.ts';
import { decodeRecord, encodeRecord } from './record.ts';

const nonce = Buffer.from('0011223344556677', 'hex');
const body = fc.uint8Array({ maxLength: 2000 });
const heads = fc
  .record({ from: fc.string({ unit: 'binary' }), traceHeaders: fc.string({ unit: 'binary' }) })
  .map(({ from, traceHeaders }) =>
    recordHead({ traceHeaders, envelope: { ...recordHead().envelope, from } }),
  );

function decoded(bytes: Buffer): ReturnType<typeof decodeRecord> {
  return decodeRecord(nonce, bytes);
}

describe('a spool record', () => {
  test('comes back as it was written, whatever follows it', () => {
    fc.assert(
      fc.property(heads, body, body, (head, bytes, following) => {
        const record = encodeRecord(nonce, head, { kind: 'inline', bytes });
        const result = decoded(Buffer.concat([record, following]));
        if (result.kind !== 'record') throw new Error(result.kind);
        expect(result.record.head).toEqual(head);
        expect(result.record.length).toBe(record.length);
        const { body: found } = result.record;
        if (found.kind !== 'inline') throw new Error(found.kind);
        expect(Buffer.from(found.bytes).equals(bytes)).toBe(true);
      }),
    );
  });

  test('keeps the name, length and checksum of a body file', () => {
    const file = { kind: 'file', name: 'copy-1.body', length: 5_000_000_000, crc: 77 } as const;
    const result = decoded(encodeRecord(nonce, recordHead(), file));
    expect(result.kind === 'record' && result.record.body).toEqual(file);
  });

  test('is never believed with any one bit changed', () => {
    fc.assert(
      fc.property(heads, body, fc.nat(), fc.nat(7), (head, bytes, position, bit) => {
        const record = encodeRecord(nonce, head, { kind: 'inline', bytes });
        const at = position % record.length;
        record.writeUInt8(record.readUInt8(at) ^ (1 << bit), at);
        expect(decoded(record).kind).not.toBe('record');
      }),
      { numRuns: 300 },
    );
  });

  test('is never believed when cut short', () => {
    const record = encodeRecord(nonce, recordHead(), { kind: 'inline', bytes: Buffer.from('abc') });
    for (let length = 0; length < record.length; length += 1) {
      expect(decoded(record.subarray(0, length)).kind).not.toBe('record');
    }
  });

  test('of another segment is not a record here: mail cannot forge one', () => {
    const record = encodeRecord(Buffer.alloc(8, 1), recordHead(), {
      kind: 'inline',
      bytes: Buffer.from('abc'),
    });
    expect(decoded(record).kind).toBe('bad');
  });
});

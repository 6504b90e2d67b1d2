import { MessageDamagedError, MessageErasedError } from '@holdfast/application';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordHead, testKeys } from '../testing/fixtures.ts';
import { versionOneRecord } from '../testing/version-one-record.ts';
import { createBodyOpener } from './record-body.ts';
import { createRecordSealer } from './record-sealer.ts';
import {
  decodeRecord,
  FLAGS_OFFSET,
  markedErased,
  sealedRecord,
  writeRecord,
  type DecodedRecord,
  type SealedRecord,
} from './record.ts';

const nonce = Buffer.from('0011223344556677', 'hex');
const bodies = fc.uint8Array({ maxLength: 2000 });
const heads = fc
  .record({ from: fc.string({ unit: 'binary' }), traceHeaders: fc.string({ unit: 'binary' }) })
  .map(({ from, traceHeaders }) =>
    recordHead({ traceHeaders, envelope: { ...recordHead().envelope, from } }),
  );
const sealer = createRecordSealer(testKeys);
const openBody = createBodyOpener(testKeys);
const nowhere = { instance: 'one', segment: 'copy-000001-0011223344556677.seg' };

function written(record: SealedRecord, under: Uint8Array = nonce): Buffer {
  const bytes = Buffer.alloc(record.length);
  writeRecord(bytes, 0, under, record);
  return bytes;
}

function decoded(bytes: Buffer): ReturnType<typeof decodeRecord> {
  return decodeRecord(nonce, bytes);
}

function whole(bytes: Buffer): DecodedRecord {
  const result = decoded(bytes);
  if (result.kind !== 'record') throw new Error(result.kind);
  return result.record;
}

/** As the record that was written: whole, and not erased. */
function isBelieved(bytes: Buffer): boolean {
  const result = decoded(bytes);
  return result.kind === 'record' && result.record.damage === null && !result.record.erased;
}

async function clear(record: DecodedRecord): Promise<Buffer> {
  const opened = await openBody('/', record, { ...nowhere, offset: 0, length: record.length });
  const chunks: Uint8Array[] = [];
  for await (const chunk of opened.stream()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a spool record', () => {
  test('comes back as it was written, whatever follows it, and its body is not in clear', async () => {
    await fc.assert(
      fc.asyncProperty(heads, bodies, bodies, async (head, bytes, following) => {
        const stored = written(await sealer.record(head, bytes));
        const record = whole(Buffer.concat([stored, following]));
        expect(record.head).toEqual(head);
        expect(record.length).toBe(stored.length);
        expect(record.damage).toBeNull();
        expect((await clear(record)).equals(bytes)).toBe(true);
        const sample = Buffer.from(bytes);
        expect(sample.length > 16 && stored.includes(sample)).toBe(false);
      }),
    );
  });

  test('of version 1, in clear, is still read', async () => {
    await fc.assert(
      fc.asyncProperty(heads, bodies, async (head, bytes) => {
        const record = whole(versionOneRecord(nonce, head, bytes));
        expect(record.head).toEqual(head);
        expect((await clear(record)).equals(bytes)).toBe(true);
      }),
    );
    const file = { name: 'copy-1.body', length: 5_000_000_000, crc: 77 };
    const { body } = whole(versionOneRecord(nonce, recordHead(), file));
    expect(body).toEqual({ kind: 'file', ...file, storedLength: file.length });
  });

  test('keeps the name, lengths and checksum of a body file', () => {
    const file = {
      kind: 'file',
      name: 'copy-1.body',
      length: 5_000_000_000,
      storedLength: 5_001_220_720,
      crc: 77,
    } as const;
    expect(whole(written(sealedRecord(recordHead(), Buffer.alloc(80), file))).body).toEqual(file);
  });

  test('is never believed with any one bit changed', async () => {
    await fc.assert(
      fc.asyncProperty(heads, bodies, fc.nat(), fc.nat(7), async (head, bytes, position, bit) => {
        for (const record of [
          written(await sealer.record(head, bytes)),
          versionOneRecord(nonce, head, bytes),
        ]) {
          const at = position % record.length;
          record.writeUInt8(record.readUInt8(at) ^ (1 << bit), at);
          // A mark of erasure is believed only where the keys, or the body in clear, are gone.
          expect(isBelieved(record)).toBe(at === FLAGS_OFFSET && bit === 1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is never believed when cut short', async () => {
    const record = written(await sealer.record(recordHead(), Buffer.from('abc')));
    for (let length = 0; length < record.length; length += 1) {
      expect(decoded(record.subarray(0, length)).kind).not.toBe('record');
    }
  });

  test('of another segment is not a record here: mail cannot forge one', async () => {
    const sealed = await sealer.record(recordHead(), Buffer.from('abc'));
    expect(decoded(written(sealed, Buffer.alloc(8, 1))).kind).toBe('bad');
  });

  test('does not open with the keys of another record', async () => {
    const one = whole(written(await sealer.record(recordHead(), Buffer.from('abc'))));
    const two = whole(written(await sealer.record(recordHead(), Buffer.from('abd'))));
    await expect(clear({ ...one, keys: two.keys })).rejects.toBeInstanceOf(MessageDamagedError);
    await expect(clear({ ...one, body: two.body })).rejects.toBeInstanceOf(MessageDamagedError);
  });

  test('says that it was erased and not that it is damaged', async () => {
    const bytes = written(await sealer.record(recordHead(), Buffer.from('abc')));
    const { keysAt, payloadAt } = whole(bytes);
    // All but the length of the organisation's id and the id.
    bytes.fill(0, keysAt + 1 + 'organisation-1'.length, payloadAt);
    bytes.writeUInt8(markedErased(bytes.readUInt8(FLAGS_OFFSET)), FLAGS_OFFSET);
    bytes.fill(0, payloadAt);
    expect(whole(bytes)).toMatchObject({ erased: true, damage: null });
    await expect(clear(whole(bytes))).rejects.toBeInstanceOf(MessageErasedError);
  });
});

describe('the keys of a record', () => {
  const shared = (organisationIds: readonly string[]) => {
    const head = recordHead();
    const recipients = organisationIds.flatMap((organisationId) =>
      head.envelope.recipients.map((recipient) => ({ ...recipient, organisationId })),
    );
    return { ...head, envelope: { ...head.envelope, recipients } };
  };

  test('are wrapped for every organisation that the record names', async () => {
    const record = whole(
      written(
        await sealer.record(shared(['organisation-1', 'organisation-2']), Buffer.from('abc')),
      ),
    );
    for (const own of ['organisation-1', 'organisation-2']) {
      const open = createBodyOpener({
        keyOf: (id) => (id === own ? testKeys.keyOf(id) : null),
        refresh: () => Promise.resolve(),
      });
      const reference = { ...nowhere, offset: 0, length: record.length };
      expect((await open('/', record, reference)).length).toBe(3);
    }
  });

  test('that are missing for one of them refuse the record, after one more look', async () => {
    const names = shared(['organisation-1', 'locked-2']);
    await expect(sealer.record(names, Buffer.from('abc'))).rejects.toMatchObject({
      reason: 'no-key',
    });
    let late: Uint8Array | null = null;
    const waiting = createRecordSealer({
      keyOf: (id) => (id.startsWith('locked') ? late : testKeys.keyOf(id)),
      refresh() {
        late = new Uint8Array(32);
        return Promise.resolve();
      },
    });
    await expect(waiting.record(names, Buffer.from('abc'))).resolves.toBeDefined();
  });
});

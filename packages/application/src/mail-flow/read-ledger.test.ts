import { describe, expect, test } from 'vitest';
import type { SpooledRecord, SpoolOrigin, SpoolReader } from '../ports/spool.ts';
import { countSpool } from './read-ledger.ts';

function aRecord(
  origin: SpoolOrigin,
  offset: number,
  organisations: readonly (string | null)[],
): SpooledRecord {
  return {
    id: `record-${offset}`,
    acceptedAt: 0,
    origin,
    class: 'copy',
    organisationId: 'contoso',
    envelope: {
      from: 'mona@fabrikam.example',
      recipients: organisations.map((organisationId, position) => ({
        address: `r${position}@example.org`,
        organisationId,
        kind: null,
        protected: false,
        verdict: 'deliver',
        reason: 'clean',
      })),
      bodyType: '7BIT',
      smtpUtf8: false,
      client: { ip: '192.0.2.1', helo: 'mail.fabrikam.example', tls: null },
      authentication: null,
      senderAuthenticated: false,
    },
    traceHeaders: '',
    snapshotVersion: 1,
    notBefore: null,
    submission: null,
    reference: { instance: 'mx', segment: 'one', offset, length: 100 },
    size: 100,
    erased: false,
    body: async () => new Uint8Array(),
  };
}

/** One segment, a record at every hundred bytes, two records per read. */
function readerOf(records: readonly SpooledRecord[], isFinished = false): SpoolReader {
  return {
    segments: () =>
      Promise.resolve([
        { instance: 'mx', segment: 'one', class: 'copy', closed: false, finished: isFinished },
      ]),
    read: (from) => {
      const batch = records.filter(({ reference }) => reference.offset >= from.offset).slice(0, 2);
      const last = batch.at(-1);
      const offset = last === undefined ? from.offset : last.reference.offset + 100;
      return Promise.resolve({ records: batch, next: { ...from, offset }, waiting: 0, alarms: [] });
    },
  };
}

describe('counting the spool', () => {
  const records = [
    aRecord('inbound', 0, ['contoso', 'contoso']),
    aRecord('inbound', 100, ['contoso', 'tailspin']),
    aRecord('submission', 200, [null, 'contoso']),
    aRecord('seed', 300, ['contoso']),
  ];

  test('counts recipients on the disk, mail from outside and our own apart', async () => {
    const counts = await countSpool(readerOf(records), 'contoso', []);
    expect(counts.inbound.accepted).toBe(4);
    expect(counts.outbound.accepted).toBe(2);
  });

  test('reads a segment once that is finished and ingested to its end, and any other each time', async () => {
    for (const [isFinished, offset, times] of [
      [true, 400, 1],
      [true, 300, 2],
      [false, 400, 2],
    ] as const) {
      const reader = readerOf(records, isFinished);
      let begun = 0;
      const counting: SpoolReader = {
        ...reader,
        read(from, limits) {
          if (from.offset === 0) begun += 1;
          return reader.read(from, limits);
        },
      };
      const position = { instance: 'mx', segment: 'one', offset };
      const first = await countSpool(counting, 'contoso', [position]);
      expect(await countSpool(counting, 'contoso', [position])).toEqual(first);
      expect(begun).toBe(times);
    }
  });

  test('tells what lies behind the cursor from what waits for ingest', async () => {
    const position = { instance: 'mx', segment: 'one', offset: 200 };
    const counts = await countSpool(readerOf(records), 'contoso', [position]);
    expect(counts.inbound).toEqual({ accepted: 4, waiting: 1 });
    expect(counts.outbound).toEqual({ accepted: 2, waiting: 2 });
  });

  test('without a database everything on the disk counts, whoever it belongs to', async () => {
    const counts = await countSpool(readerOf(records), null, []);
    expect(counts.inbound).toEqual({ accepted: 5, waiting: 5 });
  });
});

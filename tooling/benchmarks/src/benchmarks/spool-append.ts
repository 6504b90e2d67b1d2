import { randomBytes } from 'node:crypto';
import type { Log, SpoolKeys, SpoolRecordHead } from '@holdfast/application';
import { createSpoolWriter, type SpoolFileSystem } from '@holdfast/mail';
import { calibrate } from '@holdfast/rig/calibration';
import type { Benchmark, BenchmarkForm } from '../benchmark.ts';
import { median } from '../statistics.ts';

const BODY = 4096;
const AT_ONCE = 20;
const RUNS: Readonly<Record<BenchmarkForm, number>> = { full: 7, short: 3 };
const MESSAGES: Readonly<Record<BenchmarkForm, number>> = { full: 40_000, short: 5000 };
/** What the writer may cost of the 150 µs that a message has at 6,500 a second on one core. Unit: µs. */
const TARGET = 30;

/**
 * What a message of 4 KiB costs mx in the spool's writer, in processor time: head, keys, encryption, checksums, copy. The
 * disk takes everything at once and keeps nothing, so that nothing else is measured.
 */
export const benchmark: Benchmark = {
  name: 'spool-append',
  needs: [],
  async run(form) {
    const writer = createSpoolWriter({
      directory: '/nowhere/spool',
      diskReserveBytes: 0,
      segmentBytes: 64 * 1024 * 1024,
      keys,
      clock: { now: () => Date.now() },
      log: silent,
      fileSystem: NOWHERE,
    });
    const body = randomBytes(BODY);
    const append = async (count: number): Promise<number> => {
      const before = process.cpuUsage();
      for (let done = 0; done < count; done += AT_ONCE)
        await Promise.all(Array.from({ length: AT_ONCE }, () => writer.append(HEAD, body)));
      const { user, system } = process.cpuUsage(before);
      return (user + system) / count;
    };
    await append(MESSAGES[form]);
    const runs: number[] = [];
    for (let run = 0; run < RUNS[form]; run += 1) runs.push(await append(MESSAGES[form]));
    await writer.close();
    const ours = Math.round(median(runs) * 10) / 10;
    return {
      name: 'spool-append',
      ours,
      peer: null,
      ratio: null,
      unit: 'µs',
      runs: RUNS[form],
      target: { of: 'ours', is: 'at most', value: TARGET },
      lines: [
        { what: 'one message of 4 KiB, 20 at once', ours, peer: null, ratio: null, unit: 'µs' },
      ],
      calibration: { ...calibrate() },
    };
  },
};

const nothing = (): void => undefined;
const silent: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silent,
};

const KEY = randomBytes(32);
const keys: SpoolKeys = { keyOf: () => KEY, refresh: () => Promise.resolve() };

const done = (): Promise<void> => Promise.resolve();
const NOWHERE: SpoolFileSystem = {
  makeDirectory: done,
  createFile: () =>
    Promise.resolve({
      write: (bytes: Uint8Array) => Promise.resolve(bytes.length),
      dataSync: done,
      close: done,
    }),
  rename: done,
  removeDirectory: done,
  syncDirectory: done,
  removeFile: done,
  linkFile: done,
  room: () => Promise.resolve({ bytes: Number.MAX_SAFE_INTEGER, inodes: null }),
};

const ORGANISATION = '01935a7e-0000-7000-8000-000000000001';

const HEAD: SpoolRecordHead = {
  id: '01935a7e-0000-7000-8000-000000000002',
  acceptedAt: Date.UTC(2026, 10, 25),
  origin: 'inbound',
  class: 'copy',
  organisationId: ORGANISATION,
  envelope: {
    from: 'orders@fabrikam.example',
    recipients: [
      {
        address: 'adele.vance@contoso.example',
        organisationId: ORGANISATION,
        kind: 'user',
        protected: true,
        verdict: 'deliver',
        reason: 'clean',
      },
    ],
    bodyType: '8BITMIME',
    smtpUtf8: false,
    client: { ip: '192.0.2.7', helo: 'mail.fabrikam.example', tls: 'TLSv1.3' },
    authentication: 'mx1.holdfast.example; spf=pass; dkim=pass; dmarc=pass',
    senderAuthenticated: true,
  },
  traceHeaders: 'Received: by mx1.holdfast.example; now\r\n'.repeat(12),
  snapshotVersion: 1,
  notBefore: null,
  submission: null,
};

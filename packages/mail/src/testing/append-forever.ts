import { createSpoolWriter } from '../spool/writer.ts';
import { fixedClock, recordHead, silent, testKeys } from './fixtures.ts';

/** Appends until it is killed; writes one line with the id of each message that was promised. */
const writer = createSpoolWriter({
  directory: process.argv[2] ?? '',
  instanceName: 'victim',
  diskReserveBytes: 0,
  segmentBytes: 100_000,
  inlineBodyLimit: 3000,
  keys: testKeys,
  clock: fixedClock,
  log: silent,
});

async function session(bodyLength: number): Promise<never> {
  for (;;) {
    const head = recordHead();
    await writer.append(head, Buffer.alloc(bodyLength, 'x'));
    process.stdout.write(`${head.id}\n`);
  }
}

await Promise.all([100, 1000, 2000, 5000].map(session));

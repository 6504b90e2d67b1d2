import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryDirectory, testKeys } from '../testing/fixtures.ts';
import { createLocalMessageStore } from './message-store.ts';
import { createSpoolReader } from './reader.ts';
import { markInstanceClosed } from './writer.ts';

const WRITER = fileURLToPath(new URL('../testing/append-forever.ts', import.meta.url));
/** Messages promised before the kill. */
const ENOUGH = [1, 50, 400];

/** Everything the writer's process promised before SIGKILL. */
async function promisedBeforeKill(directory: string, enough: number): Promise<readonly string[]> {
  const writer = spawn(process.execPath, [WRITER, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  writer.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split('\n').length > enough) writer.kill('SIGKILL');
  });
  await once(writer, 'close');
  return output.split('\n').slice(0, -1);
}

test.each(ENOUGH)('what was promised before SIGKILL is there (%i messages)', async (enough) => {
  await using place = await temporaryDirectory();
  const promised = await promisedBeforeKill(place.path, enough);
  await markInstanceClosed(place.path, 'victim');
  const reader = createSpoolReader({ directory: place.path, keys: testKeys });
  const store = createLocalMessageStore({ directory: place.path, keys: testKeys });
  const found = new Set<string>();
  for (const { instance, segment } of await reader.segments()) {
    const limits = { records: 1_000_000, bytes: Number.POSITIVE_INFINITY };
    const batch = await reader.read({ instance, segment, offset: 0 }, limits);
    for (const record of batch.records) {
      found.add(record.id);
      expect((await store.read(record.reference, 10_000)).length).toBe(record.size);
    }
  }
  expect(promised.length).toBeGreaterThanOrEqual(enough);
  expect(promised.filter((id) => !found.has(id))).toEqual([]);
});

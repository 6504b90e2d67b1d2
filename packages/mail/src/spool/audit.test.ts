import { open, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NO_SPOOL_KEYS } from '@holdfast/application';
import { expect, test } from 'vitest';
import {
  fixedClock,
  recordHead,
  silent,
  temporaryDirectory,
  testKeys,
} from '../testing/fixtures.ts';
import { auditSpool } from './audit.ts';
import { createSpoolWriter } from './writer.ts';

async function filled(directory: string) {
  const writer = createSpoolWriter({
    directory,
    instanceName: 'one',
    diskReserveBytes: 0,
    segmentBytes: 1_000_000,
    inlineBodyLimit: 100,
    keys: testKeys,
    clock: fixedClock,
    log: silent,
  });
  const references = [];
  for (const bytes of [20, 20, 500, 500, 20])
    references.push(await writer.append(recordHead(), Buffer.alloc(bytes, 'x')));
  await writer.close();
  return references;
}

async function flip(path: string, offset: number): Promise<void> {
  const handle = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, offset);
  byte.writeUInt8(byte.readUInt8(0) ^ 1);
  await handle.write(byte, 0, 1, offset);
  await handle.close();
}

const now = Date.now();

test('a whole spool has nothing to tell', async () => {
  await using place = await temporaryDirectory();
  await filled(place.path);
  const audit = await auditSpool({ directory: place.path, keys: testKeys, depth: 'bytes', now });
  expect(audit).toMatchObject({ instances: 1, segments: 1, orphans: [] });
  expect(audit.read).toEqual({ records: 5, erased: 0, tornEnds: 0, places: [] });
});

test('what is damaged or missing is told with its place, and the rest is read', async () => {
  await using place = await temporaryDirectory();
  const references = await filled(place.path);
  const [first, second, third, , last] = references;
  if (first === undefined || second === undefined || third === undefined || last === undefined)
    throw new Error('not filled');
  const segment = join(place.path, first.instance, first.segment);
  await flip(segment, first.offset + first.length - 1);
  await flip(segment, second.offset + 60);
  const bodies = (
    await auditSpool({ directory: place.path, keys: testKeys, depth: 'bytes', now: now + 1e9 })
  ).orphans;
  expect(bodies).toEqual([]);
  await rm(join(place.path, 'one', `copy-${await idAt(segment, third.offset)}.body`));
  const audit = await auditSpool({ directory: place.path, keys: testKeys, depth: 'bytes', now });
  expect(audit.read?.records).toBe(4);
  expect(audit.read?.places.map(({ kind, offset }) => [kind, offset])).toEqual([
    ['damaged-body', first.offset],
    ['damaged-record', second.offset],
    ['missing-body', third.offset],
  ]);
});

test('bodies that nobody names are told once they are old', async () => {
  await using place = await temporaryDirectory();
  await filled(place.path);
  const orphan = join(place.path, 'one', 'copy-nobody.body');
  await writeFile(orphan, 'left behind');
  const options = { directory: place.path, keys: NO_SPOOL_KEYS, depth: 'names', now } as const;
  expect((await auditSpool(options)).orphans).toEqual([]);
  const twoDaysAgo = now / 1000 - 2 * 86_400;
  await utimes(orphan, twoDaysAgo, twoDaysAgo);
  expect((await auditSpool(options)).orphans).toEqual([
    { instance: 'one', name: 'copy-nobody.body', bytes: 11 },
  ]);
});

test('without a key nothing is called damaged that is whole', async () => {
  await using place = await temporaryDirectory();
  await filled(place.path);
  const options = { directory: place.path, keys: NO_SPOOL_KEYS, depth: 'bytes', now } as const;
  const kinds = (await auditSpool(options)).read?.places.map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(['no-key']));
});

async function idAt(segment: string, offset: number): Promise<string> {
  const handle = await open(segment, 'r');
  const bytes = Buffer.alloc(200);
  await handle.read(bytes, 0, 200, offset);
  await handle.close();
  return /"id":"([^"]+)"/.exec(bytes.toString('latin1'))?.[1] ?? '';
}

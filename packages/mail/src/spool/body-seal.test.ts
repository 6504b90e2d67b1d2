import { MessageDamagedError } from '@holdfast/application';
import { open, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  fixedClock,
  recordHead,
  silent,
  temporaryDirectory,
  testKeys,
} from '../testing/fixtures.ts';
import { CHUNK_BYTES, sealedLength, TAG_BYTES } from './body-seal.ts';
import { createLocalMessageStore } from './message-store.ts';
import { createSpoolWriter } from './writer.ts';

const STORED_CHUNK = CHUNK_BYTES + TAG_BYTES;

async function staged(directory: string, length: number, piece: number) {
  const writer = createSpoolWriter({
    directory,
    instanceName: 'one',
    diskReserveBytes: 0,
    segmentBytes: 1_000_000,
    keys: testKeys,
    clock: fixedClock,
    log: silent,
  });
  const body = Buffer.alloc(length, 'abcdefghijklmnopqrstuvwxyz');
  // oxlint-disable-next-line require-await
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < length; at += piece) yield body.subarray(at, at + piece);
  }
  const head = recordHead({ traceHeaders: '' });
  const message = { id: head.id, class: head.class, organisationIds: [head.organisationId] };
  const stagedBody = await writer.stage(message, pieces());
  const reference = await writer.append(head, stagedBody);
  await writer.close();
  const store = createLocalMessageStore({ directory, keys: testKeys });
  return { body, reference, store, path: join(directory, 'one', stagedBody.name) };
}

describe('a body in a file of its own', () => {
  test.each([
    0,
    1,
    CHUNK_BYTES - 1,
    CHUNK_BYTES,
    CHUNK_BYTES + 1,
    3 * CHUNK_BYTES,
    3 * CHUNK_BYTES + 17,
  ])('of %i bytes comes back, and is not in clear on disk', async (length) => {
    await using place = await temporaryDirectory();
    const { body, reference, store, path } = await staged(place.path, length, 10_007);
    expect(body.equals(await store.read(reference, 1_000_000))).toBe(true);
    const stored = await readFile(path);
    expect(stored.length).toBe(sealedLength(length));
    expect(stored.includes('abcdefgh')).toBe(false);
  });

  test('hands out verified bytes only, and never the last of them when something is wrong', async () => {
    await using place = await temporaryDirectory();
    const { reference, store, path } = await staged(place.path, 4 * CHUNK_BYTES, 50_000);
    const handle = await open(path, 'r+');
    await handle.write(Buffer.from('X'), 0, 1, 2 * STORED_CHUNK + 5);
    await handle.close();
    const got: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const chunk of (await store.open(reference)).stream()) got.push(chunk.length);
    };
    await expect(reading()).rejects.toBeInstanceOf(MessageDamagedError);
    expect(got).toEqual([CHUNK_BYTES, CHUNK_BYTES]);
  });

  test('does not open with chunks in another order, nor cut off at one', async () => {
    await using place = await temporaryDirectory();
    const { reference, store, path } = await staged(place.path, 3 * CHUNK_BYTES, 50_000);
    const stored = await readFile(path);
    const swapped = Buffer.concat([
      stored.subarray(STORED_CHUNK, 2 * STORED_CHUNK),
      stored.subarray(0, STORED_CHUNK),
      stored.subarray(2 * STORED_CHUNK),
    ]);
    await writeFile(path, swapped);
    await expect(store.read(reference, 1_000_000)).rejects.toBeInstanceOf(MessageDamagedError);
    await writeFile(path, stored);
    await truncate(path, 2 * STORED_CHUNK);
    await expect(store.open(reference)).rejects.toBeInstanceOf(MessageDamagedError);
  });
});

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isRoomShort, keepOnDisk, storageTrouble } from './keep-on-disk.ts';
import { openDatabase, type Database } from './open-database.ts';
import { fillDisk } from './testing/fill-disk.ts';

const DRAFT = { user: 'ann', key: 'draft', savedAt: '', draft: 'Gate 6' };
const COPY = { user: 'ann', key: 'copy', size: 1, usedAt: 1, asOf: 1, value: 'mail' };
const saveDraft = (database: Database) => database.put('drafts', DRAFT);
let makeRoom: () => void = () => undefined;

beforeEach(async () => {
  const database = await openDatabase();
  await database?.clear('drafts');
  await database?.put('mail', COPY);
});
afterEach(() => {
  makeRoom();
  vi.unstubAllGlobals();
});

async function count(store: 'drafts' | 'mail'): Promise<number | undefined> {
  return (await openDatabase())?.count(store);
}

test('what is written is on the disk, and copies of mail stay', async () => {
  expect(await keepOnDisk(saveDraft)).toBe(true);
  expect([await count('drafts'), await count('mail'), storageTrouble()]).toEqual([1, 1, null]);
  expect(isRoomShort()).toBe(false);
});

test('without room copies of mail make way for what is written', async () => {
  let tries = 0;
  makeRoom = fillDisk(() => (tries += 1) > 1);
  expect(await keepOnDisk(saveDraft)).toBe(true);
  expect([await count('drafts'), await count('mail'), storageTrouble()]).toEqual([1, 0, null]);
  expect(isRoomShort()).toBe(true);
});

test('without room even then it says so, until there is some', async () => {
  makeRoom = fillDisk();
  expect(await keepOnDisk(saveDraft)).toBe(false);
  expect([await count('drafts'), storageTrouble()]).toEqual([0, 'full']);
  makeRoom();
  expect(await keepOnDisk(saveDraft)).toBe(true);
  expect([await count('drafts'), storageTrouble()]).toEqual([1, null]);
});

test('a connection that has ended is opened again', async () => {
  let tries = 0;
  const saved = await keepOnDisk(async (database) => {
    tries += 1;
    if (tries === 1)
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    await saveDraft(database);
  });
  expect([saved, await count('drafts'), storageTrouble()]).toEqual([true, 1, null]);
});

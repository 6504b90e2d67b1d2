import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { announceChange, onChange } from './changes.ts';
import type * as opened from './open-database.ts';

/** A page that was just loaded: the module remembers what is open. */
async function freshPage(): Promise<typeof opened> {
  vi.resetModules();
  return import('./open-database.ts');
}

beforeEach(() => {
  vi.unstubAllGlobals();
});

test('what one user keeps is not in the range of another, whose address begins alike', async () => {
  const { openDatabase, recordsOf } = await freshPage();
  const database = await openDatabase();
  for (const user of ['ann@contoso.example', 'ann@contoso.example.org', 'bo@contoso.example'])
    await database?.put('settings', { user, key: 'own-phone', value: true });
  const found = await database?.getAllKeys('settings', recordsOf('Ann@contoso.example'));
  expect(found).toEqual([['ann@contoso.example', 'own-phone']]);
});

test('what is kept is there after the page was loaded again', async () => {
  const first = await freshPage();
  await (await first.openDatabase())?.put('outbox', { user: 'a', key: '1', queuedAt: 1, entry: 2 });
  const second = await freshPage();
  expect(await (await second.openDatabase())?.get('outbox', ['a', '1'])).toMatchObject({
    entry: 2,
  });
});

test('a browser that refuses is no error, and is asked again', async () => {
  const { openDatabase } = await freshPage();
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('A mutation operation was attempted', 'InvalidStateError');
    },
  });
  expect(await openDatabase()).toBeNull();
  vi.unstubAllGlobals();
  expect(await openDatabase()).not.toBeNull();
});

test('a change is heard by those who listen to its store', () => {
  const heard: string[] = [];
  const stop = onChange('outbox', () => heard.push('outbox'));
  onChange('drafts', () => heard.push('drafts'));
  announceChange('outbox');
  stop();
  announceChange('outbox');
  expect(heard).toEqual(['outbox']);
});

test('a page that is older than what is kept opens it all the same: stores are only added', async () => {
  const { openDatabase } = await freshPage();
  await (await openDatabase())?.put('settings', { user: '', key: 'k', value: 1 });
  (await openDatabase())?.close();
  const newer = indexedDB.open('holdfast', 99);
  await new Promise((resolve) => newer.addEventListener('success', resolve));
  newer.result.close();
  const older = await (await freshPage()).openDatabase();
  expect(await older?.get('settings', ['', 'k'])).toMatchObject({ value: 1 });
});

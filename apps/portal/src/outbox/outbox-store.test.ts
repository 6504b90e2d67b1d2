import 'fake-indexeddb/auto';
import type { SendInput } from '@holdfast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newDraft } from '../drafts/draft.ts';
import { openDatabase } from '../storage/open-database.ts';
import { fillDisk } from '../storage/testing/fill-disk.ts';
import { newChange, newMessage, type QueuedMessage } from './outbox-entry.ts';
import { flush, type SenderPorts } from './outbox-sender.ts';
import { hasUnkept, outboxStore } from './outbox-store.ts';

const user = 'ann@contoso.example';
let makeRoom: () => void = () => undefined;
let keys = 0;

beforeEach(async () => {
  await (await openDatabase())?.clear('outbox');
});
afterEach(async () => {
  makeRoom();
  for (const { key } of await outboxStore.list(user))
    await outboxStore.update(user, key, () => null);
});

function aMessage(): QueuedMessage {
  keys += 1;
  const draft = newDraft({
    to: [{ name: '', address: 'bo@fabrikam.example' }],
    cc: [],
    bcc: [],
    subject: 'Gate plan',
    text: 'Gate 6.',
    about: null,
    carried: [],
  });
  const key = `message-${keys}`;
  const input: SendInput = { ...EMPTY, key, subject: 'Gate plan', text: 'Gate 6.' };
  return newMessage(input, { ...draft, key }, `spare-${keys}`, keys);
}

const EMPTY = {
  to: [],
  cc: [],
  bcc: [],
  names: {},
  about: null,
  uploadIds: [],
} as const satisfies Partial<SendInput>;

/** Sends through a server that takes everything; the keys that it took, each as often as it came. */
async function sendAll(): Promise<readonly string[]> {
  const taken: string[] = [];
  const ports: SenderPorts = {
    store: outboxStore,
    send: async (_user, { key }) => {
      taken.push(key);
      return { kind: 'accepted', undoUntil: null };
    },
    change: async () => ({ kind: 'accepted', undoUntil: null }),
    undo: async () => ({ kind: 'failed', consequence: 'server', message: '' }),
    dropDraft: async () => undefined,
    files: (_name, uploads) => Promise.resolve({ uploads, failure: null }),
    keepDraft: async () => undefined,
    tell: () => undefined,
    now: () => 1_000,
    random: () => 0,
  };
  await flush(ports, user, true);
  return taken;
}

test('a message for which there is no room waits in the page, which asks before it is closed, and leaves', async () => {
  makeRoom = fillDisk();
  const message = aMessage();
  expect(await outboxStore.add(user, message)).toBe(false);
  expect(hasUnkept()).toBe(true);
  expect(await outboxStore.list(user)).toEqual([message]);
  expect(await sendAll()).toEqual([message.key]);
});

test('a message that waited before the room ran out leaves, once, and may be left to itself', async () => {
  const message = aMessage();
  expect(await outboxStore.add(user, message)).toBe(true);
  makeRoom = fillDisk();
  expect(await sendAll()).toEqual([message.key]);
  expect(await sendAll()).toEqual([]);
  expect(await outboxStore.list(user)).toMatchObject([{ state: { kind: 'sent' } }]);
  expect(hasUnkept()).toBe(false);
});

test('what happened without room is written down when there is some', async () => {
  const message = aMessage();
  await outboxStore.add(user, message);
  makeRoom = fillDisk();
  await sendAll();
  makeRoom();
  await outboxStore.update(user, message.key, (entry) => entry);
  const stored = await (await openDatabase())?.get('outbox', [user, message.key]);
  expect(stored?.entry).toMatchObject({ state: { kind: 'sent' } });
});

test('what is over stays over, though the disk still has it', async () => {
  const message = aMessage();
  await outboxStore.add(user, message);
  makeRoom = fillDisk();
  await outboxStore.update(user, message.key, (entry) => ({ ...entry, notBefore: 5 }));
  await outboxStore.update(user, message.key, () => null);
  expect(await outboxStore.list(user)).toEqual([]);
});

test('what was done last is done last, whatever the clock said meanwhile', async () => {
  const change = (key: string, folder: 'archive' | 'inbox', at: number) =>
    newChange({ kind: 'move', input: { itemIds: ['m'], folder } }, key, at);
  await outboxStore.add(user, change('9 archived', 'archive', 7_200_000));
  // In the same millisecond, and then by a clock that was set back by two hours.
  await outboxStore.add(user, change('5 put back', 'inbox', 7_200_000));
  await outboxStore.add(user, change('1 archived again', 'archive', 1));
  const order = (await outboxStore.list(user)).map(({ key }) => key);
  expect(order).toEqual(['9 archived', '5 put back', '1 archived again']);
});

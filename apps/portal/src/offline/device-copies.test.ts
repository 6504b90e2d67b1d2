import 'fake-indexeddb/auto';
import type { PortalState } from '@holdfast/contracts';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase } from '../storage/open-database.ts';
import { followSession, openFromCopies } from './device-copies.ts';

const STATE_KEY = [['session', 'state']];
const MESSAGE_KEY = [['mailbox', 'read'], { input: { itemId: 'm' }, type: 'query' }];

const mocked = vi.hoisted(() => ({ queryClient: undefined as QueryClient | undefined }));
vi.mock('../api.ts', () => ({
  CLIENT_HEADERS: { 'x-holdfast-client': '1' },
  get queryClient() {
    return mocked.queryClient;
  },
  trpc: { session: { state: { queryKey: () => STATE_KEY } } },
}));

const answers = new Map<string, string>();

function stateOf(address: string | null, access: PortalState['access'] = 'open'): PortalState {
  return {
    user: address === null ? null : { name: 'Ann', address, otherAddresses: [] },
    language: null,
    organisation: 'Contoso',
    mustChoosePassword: false,
    access,
    event: null,
    drill: null,
    copy: 'none',
    helpdesk: null,
    helpdeskContact: null,
    passkeys: false,
    leftSent: 0,
    demo: false,
  };
}

async function count(store: 'mail' | 'outbox' | 'drafts'): Promise<number> {
  return (await (await openDatabase())?.count(store)) ?? 0;
}

/** Ann says that the device is her own, reads a message, and leaves one unsent and one half written. */
async function annReads(): Promise<QueryClient> {
  const client = new QueryClient();
  mocked.queryClient = client;
  answers.set('holdfast.own-phone.ann@contoso.example', 'yes');
  await followSession(stateOf('ann@contoso.example'));
  client.setQueryData(MESSAGE_KEY, { subject: 'Gate plan' });
  await vi.waitFor(async () => expect(await count('mail')).toBe(1));
  const database = await openDatabase();
  const own = { user: 'ann@contoso.example', key: 'unsent' };
  await database?.put('outbox', { ...own, queuedAt: 1, entry: {} });
  await database?.put('drafts', { ...own, savedAt: '', draft: {} });
  return client;
}

beforeEach(async () => {
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => answers.get(name) ?? null,
    setItem: (name: string, value: string) => answers.set(name, value),
  });
  const database = await openDatabase();
  for (const store of ['mail', 'outbox', 'drafts', 'settings'] as const)
    await database?.clear(store);
});
afterEach(async () => {
  await followSession(stateOf(null));
  answers.clear();
  vi.unstubAllGlobals();
});

test.each([
  ['signing out, or a session that is over', stateOf(null)],
  ['the end of the event', stateOf('ann@contoso.example', 'read-only')],
  ['a closed mailbox', stateOf('ann@contoso.example', 'closed')],
  ['somebody else', stateOf('bo@contoso.example')],
])('%s wipes what was read, and leaves what is unsent', async (_why, next) => {
  await annReads();
  await followSession(next);
  expect([await count('mail'), await count('outbox'), await count('drafts')]).toEqual([0, 1, 1]);
  mocked.queryClient = new QueryClient();
  await openFromCopies();
  expect(mocked.queryClient.getQueryData(STATE_KEY)).toBeUndefined();
});

test('a page that opens without the server shows what was read, as old as it is', async () => {
  const read = await annReads();
  const later = new QueryClient();
  mocked.queryClient = later;
  await openFromCopies();
  expect(later.getQueryData(STATE_KEY)).toMatchObject({ user: { name: 'Ann' } });
  expect(later.getQueryData(MESSAGE_KEY)).toEqual({ subject: 'Gate plan' });
  expect(later.getQueryState(MESSAGE_KEY)?.dataUpdatedAt).toBe(
    read.getQueryState(MESSAGE_KEY)?.dataUpdatedAt,
  );
});

test('who says no has nothing kept', async () => {
  const client = new QueryClient();
  mocked.queryClient = client;
  answers.set('holdfast.own-phone.ann@contoso.example', 'no');
  await followSession(stateOf('ann@contoso.example'));
  client.setQueryData(MESSAGE_KEY, { subject: 'Gate plan' });
  await openFromCopies();
  expect(await count('mail')).toBe(0);
});

test('copies that nobody has looked at for as long as a session lasts are wiped, without a connection too', async () => {
  await annReads();
  const later = new QueryClient();
  mocked.queryClient = later;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 8 * 24 * 3_600_000 });
  await openFromCopies();
  vi.useRealTimers();
  expect(later.getQueryData(STATE_KEY)).toBeUndefined();
  expect([await count('mail'), await count('outbox'), await count('drafts')]).toEqual([0, 1, 1]);
});

test('answers of another version of the server are not shown to this one, and go', async () => {
  await annReads();
  const read = (await (await openDatabase())?.getAll('mail')) ?? [];
  const settings = (await (await openDatabase())?.getAll('settings')) ?? [];
  await followSession(stateOf(null));
  const older = (value: unknown) => ({ ...(value as object), version: 'older' });
  const database = await openDatabase();
  for (const each of read) await database?.put('mail', { ...each, value: older(each.value) });
  for (const each of settings)
    await database?.put('settings', { ...each, value: older(each.value) });
  const later = new QueryClient();
  mocked.queryClient = later;
  await openFromCopies();
  expect(later.getQueryData(STATE_KEY)).toBeUndefined();
  await followSession(stateOf('ann@contoso.example'));
  expect(await count('mail')).toBe(0);
});

test('what a session has left that ended while the page was closed goes with the next opening', async () => {
  await annReads();
  await followSession(stateOf(null));
  const database = await openDatabase();
  await database?.put('mail', {
    user: 'ann@contoso.example',
    key: 'k',
    size: 1,
    usedAt: 1,
    asOf: 1,
    value: {},
  });
  mocked.queryClient = new QueryClient();
  await followSession(stateOf(null));
  expect(await count('mail')).toBe(0);
});

test('a sign-out right behind a look at the session leaves nothing of it', async () => {
  await annReads();
  const looked = followSession(stateOf('ann@contoso.example'));
  await Promise.all([looked, followSession(stateOf(null))]);
  const client = new QueryClient();
  mocked.queryClient = client;
  client.setQueryData(MESSAGE_KEY, { subject: 'Gate plan' });
  const later = new QueryClient();
  mocked.queryClient = later;
  await openFromCopies();
  expect(later.getQueryData(STATE_KEY)).toBeUndefined();
  expect(await count('mail')).toBe(0);
});

import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../storage/open-database.ts';
import { newDraft, type Draft } from './draft.ts';
import { leaveOnlyUnsent } from './leave-only-unsent.ts';

const ANN = 'ann@contoso.example';
const BO = 'bo@contoso.example';

beforeEach(async () => {
  const database = await openDatabase();
  await database?.clear('drafts');
  await database?.clear('outbox');
  await database?.clear('settings');
});

function aDraft(change: Partial<Draft>): Draft {
  const content = {
    to: [],
    cc: [],
    bcc: [],
    subject: '',
    text: 'Gate 6',
    about: null,
    carried: [],
  };
  return { ...newDraft(content), isTouched: true, base: 1, isDirty: false, ...change };
}

async function keep(user: string, key: string, change: Partial<Draft>): Promise<void> {
  const draft = aDraft({ key, ...change });
  await (await openDatabase())?.put('drafts', { user, key, savedAt: draft.savedAt, draft });
}

async function queue(user: string, key: string, state: object): Promise<void> {
  const entry = { kind: 'message', key, isWantedBack: false, notBefore: 0, state };
  await (await openDatabase())?.put('outbox', { user, key, queuedAt: 1, entry });
}

async function left(store: 'drafts' | 'outbox'): Promise<readonly string[]> {
  return ((await (await openDatabase())?.getAll(store)) ?? []).map(({ key }) => key).toSorted();
}

const upload = { id: 'f', fileName: 'plan.pdf', size: 9, isHere: false };

test('drafts that the server has go, and whatever it lacks stays', async () => {
  await keep(ANN, 'saved', {});
  await keep(ANN, 'typed since', { isDirty: true });
  await keep(ANN, 'never saved', { base: 0, isDirty: true });
  await keep(ANN, 'thrown away, untold', { isDiscarded: true });
  await keep(ANN, 'file on its way', { uploads: [upload] });
  await leaveOnlyUnsent(null);
  expect(await left('drafts')).toEqual([
    'file on its way',
    'never saved',
    'thrown away, untold',
    'typed since',
  ]);
});

test('whoever is signed in keeps theirs', async () => {
  await keep(ANN, 'hers', {});
  await keep(BO, 'his', {});
  await leaveOnlyUnsent('Ann@contoso.example');
  expect(await left('drafts')).toEqual(['hers']);
});

test('messages that were sent go, those that wait or could not be sent stay', async () => {
  await queue(ANN, 'sent', { kind: 'sent', at: 1, undoUntil: null });
  await queue(ANN, 'sent a moment ago', { kind: 'sent', at: Date.now(), undoUntil: Date.now() });
  await queue(ANN, 'waits', { kind: 'waiting' });
  await queue(ANN, 'over', { kind: 'over', reason: '' });
  await queue(ANN, 'comes back', { kind: 'returning', reason: null, draftKey: 'd' });
  await leaveOnlyUnsent(BO);
  expect(await left('outbox')).toEqual(['comes back', 'over', 'waits']);
});

test('what they have looked for goes, and what belongs to the device stays', async () => {
  const database = await openDatabase();
  for (const user of [ANN, BO, ''])
    await database?.put('settings', { user, key: 'recent-searches', value: ['gate'] });
  await leaveOnlyUnsent(BO);
  const users = ((await database?.getAll('settings')) ?? []).map(({ user }) => user);
  expect(users).toEqual(['', BO]);
});

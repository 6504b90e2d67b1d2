import 'fake-indexeddb/auto';
import type { SendInput } from '@holdfast/contracts';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../storage/open-database.ts';
import { newDraft, type Draft } from '../drafts/draft.ts';
import type { Consequence } from './consequence.ts';
import { newChange, newMessage, wantedBack, type Answer } from './outbox-entry.ts';
import { flush, nextDue, type News, type SenderPorts, type UndoAnswer } from './outbox-sender.ts';
import { outboxStore } from './outbox-store.ts';

const user = 'megan@contoso.example';
const NETWORK = failing('network');

function failing(consequence: Consequence): Extract<Answer, { kind: 'failed' }> {
  return { kind: 'failed', consequence, message: 'Why.' };
}

/** The page is gone: what was running ends wherever it is. */
class CutError extends Error {}

type Fate = 'answers' | 'request-lost' | 'answer-lost' | 'refuses' | 'breaks' | 'page-dies';
const FATES: readonly Fate[] = [
  'answers',
  'request-lost',
  'answer-lost',
  'refuses',
  'breaks',
  'page-dies',
];

function draftOf(key: string): Draft {
  return {
    ...newDraft({
      to: [{ name: '', address: 'mona@fabrikam.example' }],
      cc: [],
      bcc: [],
      subject: `About ${key}`,
      text: `Text of ${key}`,
      about: null,
      carried: [],
    }),
    key,
    savedAt: '2026-11-26T01:00:00Z',
    isTouched: true,
  };
}

function inputOf(key: string): SendInput {
  return { key, to: ['mona@fabrikam.example'], text: `Text of ${key}` };
}

/** A server as ours is: a key counts once, and what was taken back stays back. */
function world() {
  const sent = new Map<string, 'leaves' | 'taken-back'>();
  const drafts = new Map<string, Draft>();
  const news: News[] = [];
  const fates: Fate[] = [];
  /** Files that still go up, and why one never will. */
  const under = new Set<string>();
  const failures: string[] = [];
  let now = 1_000_000;
  let cutIn: number | null = null;
  let mailsMade = 0;

  /** Counts down to the moment at which the page dies. */
  function live(): void {
    if (cutIn === null) return;
    if (cutIn === 0) throw new CutError();
    cutIn -= 1;
  }
  async function cutting<T>(work: () => Promise<T>): Promise<T> {
    live();
    const result = await work();
    live();
    return result;
  }
  function accept(key: string): void {
    if (sent.has(key)) return;
    sent.set(key, 'leaves');
    mailsMade += 1;
  }
  function fate(): Fate {
    const next = fates.shift() ?? 'answers';
    if (next === 'page-dies') {
      cutIn = null;
      throw new CutError();
    }
    return next;
  }

  const ports: SenderPorts = {
    store: {
      list: (name) => cutting(() => outboxStore.list(name)),
      add: (name, entry) => cutting(() => outboxStore.add(name, entry)),
      update: (name, key, change) => cutting(() => outboxStore.update(name, key, change)),
    },
    send: (_name, { key }) =>
      cutting<Answer>(async () => {
        const what = fate();
        if (what === 'request-lost') return NETWORK;
        if (what === 'breaks') return failing('server');
        // A refusal is the server's word on the message: it never took it, and never will.
        if (what === 'refuses' && !sent.has(key)) return failing('refused');
        if (sent.get(key) === 'taken-back') return failing('taken-back');
        accept(key);
        return what === 'answer-lost' ? NETWORK : { kind: 'accepted', undoUntil: now + 20_000 };
      }),
    change: () => cutting<Answer>(async () => ({ kind: 'accepted', undoUntil: null })),
    undo: (_name, key) =>
      cutting<UndoAnswer>(async () => {
        const what = fate();
        if (what === 'request-lost' || what === 'refuses') return NETWORK;
        if (what === 'breaks') return failing('server');
        sent.set(key, 'taken-back');
        if (what === 'answer-lost') return NETWORK;
        return { kind: 'undone', draft: (backKey) => ({ ...draftOf(key), key: backKey }) };
      }),
    files: (_name, uploads) =>
      Promise.resolve({
        uploads: uploads.map((file) => ({ ...file, isHere: file.isHere || !under.has(file.id) })),
        failure: failures[0] ?? null,
      }),
    keepDraft: (_name, draft) =>
      cutting(() => {
        if (!drafts.has(draft.key)) drafts.set(draft.key, draft);
        return Promise.resolve();
      }),
    dropDraft: (_name, key) =>
      cutting(() => {
        drafts.delete(key);
        return Promise.resolve();
      }),
    tell: (each) => news.push(each),
    now: () => now,
    random: () => 0.5,
  };

  return {
    ports,
    sent,
    drafts,
    news,
    under,
    failures,
    mailsMade: () => mailsMade,
    wait: (ms: number) => {
      now += ms;
    },
    prepare: (next: readonly Fate[], cut: number | null) => {
      fates.splice(0, fates.length, ...next);
      cutIn = cut;
    },
    /** One life of the page. */
    async pass(): Promise<void> {
      await flush(ports, user, true).catch((error: unknown) => {
        if (!(error instanceof CutError)) throw error;
      });
      cutIn = null;
    },
  };
}

/** Everything that can be found of a text: on its way to people, among the drafts, in the outbox. */
async function whereabouts(here: ReturnType<typeof world>, key: string) {
  const entries = await outboxStore.list(user);
  return {
    leaves: here.sent.get(key) === 'leaves',
    isDraft: [...here.drafts.values()].some((draft) => draft.text === `Text of ${key}`),
    isQueued: entries.some((entry) => entry.key === key),
  };
}

beforeEach(async () => {
  await (await openDatabase())?.clear('outbox');
});

const life = fc.record({
  fates: fc.array(fc.constantFrom(...FATES), { maxLength: 4 }),
  cut: fc.option(fc.nat(30), { nil: null }),
});

test('whatever is cut, lost or refused, each message goes out once or comes back with the reason: never both, never neither', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(life, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 3 }),
      async (lives, count) => {
        await (await openDatabase())?.clear('outbox');
        const here = world();
        const keys = Array.from({ length: count }, (_, index) => `key-${index}`);
        for (const [index, key] of keys.entries()) {
          // The crash between queueing and dropping the draft: both are there.
          here.drafts.set(key, draftOf(key));
          await outboxStore.add(
            user,
            newMessage(inputOf(key), draftOf(key), `spare of ${key}`, index),
          );
        }
        for (const { fates, cut } of lives) {
          here.prepare(fates, cut);
          await here.pass();
          for (const key of keys) {
            const found = await whereabouts(here, key);
            expect(found.leaves || found.isDraft || found.isQueued, 'nothing is lost').toBe(true);
          }
        }
        here.prepare([], null);
        await here.pass();
        here.wait(120_000);
        await here.pass();
        for (const key of keys) {
          const found = await whereabouts(here, key);
          expect(found.isQueued).toBe(false);
          expect(found.leaves).toBe(!found.isDraft);
        }
        expect(here.mailsMade()).toBe([...here.sent].length);
      },
    ),
    { numRuns: 150 },
  );
});

test('what its author wants back is a draft or has left, never both, however often the connection fails', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(life, { minLength: 1, maxLength: 4 }),
      fc.nat(4),
      async (lives, askedBefore) => {
        await (await openDatabase())?.clear('outbox');
        const here = world();
        await outboxStore.add(
          user,
          newMessage(inputOf('key'), draftOf('key'), `spare of ${'key'}`, 0),
        );
        for (const [index, { fates, cut }] of [...lives, { fates: [], cut: null }].entries()) {
          if (index === Math.min(askedBefore, lives.length))
            await outboxStore.update(user, 'key', (entry) =>
              entry.kind === 'message' ? wantedBack(entry) : entry,
            );
          here.prepare(fates, cut);
          await here.pass();
        }
        here.wait(120_000);
        await here.pass();
        const found = await whereabouts(here, 'key');
        expect(found.isQueued).toBe(false);
        expect(found.leaves).toBe(!found.isDraft);
        expect([...here.drafts].length).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 150 },
  );
});

test('a clock that is set back keeps nothing waiting, and one that goes on does not hurry', async () => {
  const here = world();
  await outboxStore.add(user, newMessage(inputOf('a'), draftOf('a'), 'spare', 0));
  here.prepare(['request-lost'], null);
  await here.pass();
  const entries = await outboxStore.list(user);
  const due = nextDue(entries, here.ports.now()) ?? 0;
  expect(due).toBeGreaterThan(here.ports.now());
  await flush(here.ports, user, false);
  expect(here.mailsMade()).toBe(0);
  here.wait(-86_400_000);
  expect(nextDue(entries, here.ports.now())).toBe(here.ports.now());
  await flush(here.ports, user, false);
  expect(here.mailsMade()).toBe(1);
});

test('what never left is taken back without a connection; what may have left is taken back by the server', async () => {
  const here = world();
  const unsent = newMessage(inputOf('a'), draftOf('a'), `spare of ${'a'}`, 0);
  expect(wantedBack(unsent).state.kind).toBe('returning');
  await outboxStore.add(user, unsent);
  here.prepare(['answer-lost'], null);
  await here.pass();
  await outboxStore.update(user, 'a', (entry) =>
    entry.kind === 'message' ? wantedBack(entry) : entry,
  );
  expect(here.drafts.size).toBe(0);
  await here.pass();
  expect(here.sent.get('a')).toBe('taken-back');
  expect([...here.drafts.keys()]).toEqual(['spare of a']);
});

test('without a connection the order stays, and the first failure is told once', async () => {
  const here = world();
  await outboxStore.add(user, newMessage(inputOf('a'), draftOf('a'), `spare of ${'a'}`, 1));
  await outboxStore.add(user, newMessage(inputOf('b'), draftOf('b'), `spare of ${'b'}`, 2));
  for (let tries = 0; tries < 3; tries += 1) {
    here.prepare(['request-lost'], null);
    await here.pass();
  }
  expect(here.news).toEqual([{ kind: 'waits', key: 'a', trouble: 'network' }]);
  await here.pass();
  expect([...here.sent.keys()]).toEqual(['a', 'b']);
});

test('a try that failed is not repeated before its time, unless the connection is said to be back', async () => {
  const here = world();
  await outboxStore.add(user, newMessage(inputOf('a'), draftOf('a'), `spare of ${'a'}`, 1));
  here.prepare(['request-lost'], null);
  await here.pass();
  await flush(here.ports, user, false);
  expect(here.sent.size).toBe(0);
  here.wait(60_000);
  await flush(here.ports, user, false);
  expect(here.sent.get('a')).toBe('leaves');
});

test('changes made without a connection reach the server in their order', async () => {
  const here = world();
  const seen: unknown[] = [];
  const move = { kind: 'move', input: { itemIds: ['m'], folder: 'deleted' } } as const;
  const back = { kind: 'move', input: { itemIds: ['m'], folder: 'inbox' } } as const;
  await outboxStore.add(user, newChange(move, 'b-first', 1));
  await outboxStore.add(user, newChange(back, 'a-second', 2));
  const change: SenderPorts['change'] = (_user, each) => {
    seen.push(each);
    return Promise.resolve({ kind: 'accepted', undoUntil: null });
  };
  await flush({ ...here.ports, change }, user, true);
  expect(seen).toEqual([move, back]);
  expect(await outboxStore.list(user)).toEqual([]);
});

test('another person signed in on this device: nothing of the first is sent or shown', async () => {
  const here = world();
  await outboxStore.add(user, newMessage(inputOf('a'), draftOf('a'), `spare of ${'a'}`, 1));
  await flush(here.ports, 'lee@contoso.example', true);
  expect(here.sent.size).toBe(0);
  expect(await outboxStore.list('lee@contoso.example')).toEqual([]);
});

const withFile = (key: string) => {
  const uploads = [{ id: 'file', fileName: 'plan.pdf', size: 900_000, isHere: false }];
  const input = { ...inputOf(key), uploadIds: ['file'] };
  return newMessage(input, { ...draftOf(key), uploads }, `spare of ${key}`, 1);
};

test('a message whose files still go up waits for them, lets others pass, and leaves once', async () => {
  const here = world();
  here.under.add('file');
  await outboxStore.add(user, withFile('a'));
  await outboxStore.add(user, newMessage(inputOf('b'), draftOf('b'), 'spare of b', 2));
  await here.pass();
  await here.pass();
  expect([...here.sent.keys()]).toEqual(['b']);
  // Nothing of it has left: it could be taken back without a connection.
  expect(await outboxStore.list(user)).toMatchObject([
    { key: 'a', attempts: 0, trouble: 'files' },
    { key: 'b' },
  ]);
  here.under.delete('file');
  await here.pass();
  await here.pass();
  expect(here.sent.get('a')).toBe('leaves');
  expect(here.mailsMade()).toBe(2);
});

test('a message that is taken back while its files go up goes on as a draft that knows what is there', async () => {
  const here = world();
  here.under.add('file');
  await outboxStore.add(user, withFile('a'));
  await here.pass();
  here.under.delete('file');
  await outboxStore.update(user, 'a', (entry) =>
    entry.kind === 'message' ? wantedBack(entry) : entry,
  );
  await here.pass();
  expect(here.sent.size).toBe(0);
  expect(here.drafts.get('a')).toMatchObject({ uploads: [{ id: 'file', isHere: true }] });
});

test('a file that will never be there brings its message back with the reason', async () => {
  const here = world();
  here.under.add('file');
  here.failures.push('plan.pdf: too large');
  await outboxStore.add(user, withFile('a'));
  await here.pass();
  expect(here.sent.size).toBe(0);
  expect(await outboxStore.list(user)).toEqual([]);
  expect(here.drafts.get('a')).toMatchObject({ refused: 'plan.pdf: too large' });
  expect(here.news).toMatchObject([{ kind: 'returned', reason: 'plan.pdf: too large' }]);
});

test('a change that the server refuses is said at once, and not tried again', async () => {
  const here = world();
  const move = { kind: 'move', input: { itemIds: ['m'], folder: 'deleted' } } as const;
  await outboxStore.add(user, newChange(move, 'a', 1));
  const change = () => Promise.resolve(failing('refused'));
  await flush({ ...here.ports, change }, user, true);
  expect(here.news).toEqual([{ kind: 'not-done', change: 'move', reason: 'Why.' }]);
  expect(await outboxStore.list(user)).toEqual([]);
});

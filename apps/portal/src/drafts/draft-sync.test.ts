import type { DraftView, SaveDraftInput, SaveDraftResult } from '@holdfast/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edited, newDraft, newKey, type Draft } from './draft.ts';
import { discard, fetchDraft, pull, push, pushAll, restore, type DraftNews } from './draft-sync.ts';
import type { SyncPorts } from './sync-ports.ts';

interface Kept {
  revision: number;
  state: 'open' | 'discarded' | 'sent';
  device: string;
  content: SaveDraftInput['content'];
  because: DraftView['because'];
}

/** The server's rules (`domain/src/mailbox/draft-revision.ts`), in memory. */
class Server {
  readonly kept = new Map<string, Kept>();

  save({ id, base, device, content }: SaveDraftInput): SaveDraftResult {
    const kept = this.kept.get(id);
    const isSame = kept?.content.text === content.text;
    if (kept !== undefined && kept.state !== 'open' && isSame)
      return { kind: kept.state === 'sent' ? 'sent' : 'discarded' };
    if (kept?.state === 'open' && isSame)
      return { kind: 'saved', id, revision: kept.revision, because: null };
    const mayReplace = kept === undefined || kept.revision === base || kept.device === device;
    if (kept?.state !== 'sent' && (mayReplace || kept.state === 'discarded')) {
      const revision = (kept?.revision ?? base) + 1;
      const because = kept?.because ?? null;
      this.kept.set(id, { revision, state: 'open', device, content, because });
      return { kind: 'saved', id, revision, because: null };
    }
    const because = kept?.state === 'sent' ? 'sent-elsewhere' : 'written-elsewhere';
    for (const [known, branch] of this.kept)
      if (branch.because === because && branch.content.text === content.text)
        return { kind: 'saved', id: known, revision: branch.revision, because };
    const fresh = newKey();
    this.kept.set(fresh, { revision: 1, state: 'open', device, content, because });
    return { kind: 'saved', id: fresh, revision: 1, because };
  }

  view(id: string): DraftView | 'gone' {
    const kept = this.kept.get(id);
    if (kept === undefined || kept.state !== 'open') return 'gone';
    const { revision, content, because } = kept;
    const row = { id, revision, because, subject: '', preview: '', to: [], attachments: 0 };
    return { ...row, writtenAt: '2026-11-26T01:00:00Z', content, uploads: [] };
  }

  texts(): readonly string[] {
    return [...this.kept.values()]
      .filter(({ state }) => state === 'open')
      .map(({ content }) => content.text);
  }
}

type Net = 'through' | 'request-lost' | 'answer-lost';

/** A browser with drafts of its own, and a connection that can be cut. */
class Device {
  readonly drafts = new Map<string, Draft>();
  readonly news: DraftNews[] = [];
  net: Net = 'through';
  readonly ports: SyncPorts;
  readonly #server: Server;
  #clock = 0;

  constructor(server: Server, name: string) {
    this.#server = server;
    const ask = async <T>(work: () => T): Promise<T | 'unreachable'> => {
      await Promise.resolve();
      if (this.net === 'request-lost') return 'unreachable';
      const answer = work();
      return this.net === 'answer-lost' ? 'unreachable' : answer;
    };
    this.ports = {
      device: name,
      all: async () => [...this.drafts.values()],
      get: async (key) => this.drafts.get(key) ?? null,
      put: async (draft) => void this.drafts.set(draft.key, draft),
      remove: async (key) => void this.drafts.delete(key),
      save: (input) => ask(() => this.#server.save(input)),
      discard: (key, base) =>
        ask(() => {
          const kept = server.kept.get(key);
          if (kept === undefined || kept.state !== 'open') return 'discarded' as const;
          if (kept.revision !== base && kept.device !== name) return 'changed' as const;
          kept.state = 'discarded';
          return 'discarded' as const;
        }),
      restore: (key) =>
        ask(() => {
          const kept = server.kept.get(key);
          if (kept === undefined || kept.state === 'sent') return 'gone' as const;
          const wasDiscarded = kept.state === 'discarded';
          if (wasDiscarded) kept.revision += 1;
          kept.state = 'open';
          return { revision: kept.revision, wasDiscarded };
        }),
      list: () =>
        ask(() =>
          [...server.kept.keys()].flatMap((id) => {
            const view = server.view(id);
            return view === 'gone' ? [] : [view];
          }),
        ),
      read: (key) => ask(() => server.view(key)),
      tell: (news) => void this.news.push(news),
    };
  }

  begin(text: string): string {
    const nobody = { to: [], cc: [], bcc: [], subject: '', about: null, carried: [] };
    const draft = newDraft({ ...nobody, text: '' });
    this.drafts.set(draft.key, draft);
    this.type(draft.key, text);
    return draft.key;
  }

  type(key: string, more: string): void {
    const draft = this.drafts.get(key);
    if (draft === undefined) return;
    this.#clock += 1;
    const at = new Date(this.#clock).toISOString();
    this.drafts.set(key, edited(draft, { text: draft.text + more }, at));
  }

  open(): readonly string[] {
    return [...this.drafts.values()].flatMap(({ key, isDiscarded }) => (isDiscarded ? [] : [key]));
  }

  /** Returns what may be taken back. */
  async discard(key: string): Promise<Draft> {
    const draft = this.drafts.get(key);
    if (draft === undefined) throw new Error('no draft');
    await discard(this.ports, draft);
    return draft;
  }
}

function two(): { server: Server; phone: Device; desk: Device } {
  const server = new Server();
  return { server, phone: new Device(server, 'phone'), desk: new Device(server, 'desk') };
}

describe('a draft on two devices', () => {
  test('goes from one to the other', async () => {
    const { phone, desk } = two();
    const key = phone.begin('Hello');
    await pushAll(phone.ports);
    await fetchDraft(desk.ports, key);
    desk.type(key, ' Lee');
    await pushAll(desk.ports);
    await pull(phone.ports);
    expect(phone.drafts.get(key)).toMatchObject({ text: 'Hello Lee', isDirty: false, base: 2 });
  });

  test('goes with its formatting, and with what is quoted below it', async () => {
    const { phone, desk } = two();
    const key = phone.begin('Hello');
    const html = '<div><b>Hello</b></div>';
    const about = { itemId: 'x', mode: 'reply', parts: [], quote: true } as const;
    const begun = phone.drafts.get(key);
    if (begun !== undefined)
      phone.drafts.set(key, edited(begun, { html, about }, '2026-11-26T01:00:00Z'));
    await pushAll(phone.ports);
    await fetchDraft(desk.ports, key);
    expect(desk.drafts.get(key)).toMatchObject({ text: 'Hello', html, about });
  });

  test('that is too long with its formatting is saved in its words', async () => {
    const { server, phone } = two();
    const key = phone.begin('Hello');
    const begun = phone.drafts.get(key);
    const html = `<div>${'x'.repeat(400_001)}</div>`;
    if (begun !== undefined) phone.drafts.set(key, edited(begun, { html }, '2026-11-26T01:00:00Z'));
    await pushAll(phone.ports);
    expect(server.view(key)).toMatchObject({ content: { text: 'Hello', html: null } });
    expect(phone.drafts.get(key)).toMatchObject({ html, isDirty: false });
  });

  test('whose words stay and whose formatting changes while it is saved is saved again', async () => {
    const { server, phone } = two();
    const key = phone.begin('Hello');
    const saving = push(phone.ports, key);
    await Promise.resolve();
    const typed = phone.drafts.get(key);
    const html = '<div><b>Hello</b></div>';
    // By the same clock: nothing but the formatting tells.
    if (typed !== undefined) phone.drafts.set(key, edited(typed, { html }, typed.savedAt));
    await saving;
    expect(phone.drafts.get(key)).toMatchObject({ isDirty: true, html });
    expect(server.view(key)).toMatchObject({ content: { html: null } });
  });

  test('that is written without a connection on both is two, and each goes on with its own', async () => {
    const { server, phone, desk } = two();
    const key = phone.begin('Hello');
    await pushAll(phone.ports);
    await fetchDraft(desk.ports, key);
    phone.net = 'request-lost';
    phone.type(key, ' phone');
    expect(await pushAll(phone.ports)).toBe(false);
    desk.type(key, ' desk');
    await pushAll(desk.ports);
    phone.net = 'through';
    await pushAll(phone.ports);
    const [branched] = phone.news;
    expect(branched).toMatchObject({ kind: 'branched', key });
    expect(phone.drafts.has(key)).toBe(false);
    const [own] = phone.drafts.values();
    expect(own).toMatchObject({
      text: 'Hello phone',
      because: 'written-elsewhere',
      branchedFrom: key,
    });
    // Also once it was fetched as the server has it: a page loaded anew by the old key goes on with it.
    expect(await fetchDraft(phone.ports, own?.key ?? '')).toMatchObject({ branchedFrom: key });
    expect(server.texts()).toEqual(['Hello desk', 'Hello phone']);
  });

  test('that was sent on one is over on the other, unless something was written since', async () => {
    const { server, phone, desk } = two();
    const key = phone.begin('Done');
    await pushAll(phone.ports);
    await fetchDraft(desk.ports, key);
    const kept = server.kept.get(key);
    if (kept !== undefined) kept.state = 'sent';
    await pull(desk.ports);
    expect(desk.drafts.size).toBe(0);
    expect(desk.news).toEqual([{ kind: 'over', key, as: 'gone' }]);
    phone.type(key, ', and more');
    await pull(phone.ports);
    await pushAll(phone.ports);
    expect(server.texts()).toEqual(['Done, and more']);
  });

  test('that is typed at while it is saved is dirty afterwards, and saved again', async () => {
    const { server, phone } = two();
    const key = phone.begin('one');
    const saving = push(phone.ports, key);
    await Promise.resolve();
    phone.type(key, ' two');
    await saving;
    expect(phone.drafts.get(key)).toMatchObject({ isDirty: true, base: 1, text: 'one two' });
    await pushAll(phone.ports);
    expect(server.texts()).toEqual(['one two']);
  });

  test('whose saving was never answered goes on without splitting', async () => {
    const { server, phone } = two();
    const key = phone.begin('one');
    phone.net = 'answer-lost';
    await pushAll(phone.ports);
    phone.type(key, ' two');
    await pushAll(phone.ports);
    phone.net = 'through';
    phone.type(key, ' three');
    await pushAll(phone.ports);
    expect(server.texts()).toEqual(['one two three']);
  });
});

describe('discarding', () => {
  test('without a connection is told later, and what was written elsewhere meanwhile stays', async () => {
    const { server, phone, desk } = two();
    const key = phone.begin('one');
    await pushAll(phone.ports);
    await fetchDraft(desk.ports, key);
    phone.net = 'request-lost';
    await phone.discard(key);
    await pushAll(phone.ports);
    desk.type(key, ' two');
    await pushAll(desk.ports);
    phone.net = 'through';
    await pushAll(phone.ports);
    expect(phone.news).toEqual([{ kind: 'kept', key }]);
    expect(server.texts()).toEqual(['one two']);
  });

  test('is undone before and after the server heard of it', async () => {
    const { server, phone } = two();
    const key = phone.begin('one');
    await pushAll(phone.ports);
    for (const isTold of [false, true]) {
      const draft = await phone.discard(key);
      if (isTold) await pushAll(phone.ports);
      await restore(phone.ports, draft);
      await pushAll(phone.ports);
      expect(server.texts()).toEqual(['one']);
      expect(phone.drafts.get(key)).toMatchObject({ isDiscarded: false, isDirty: false });
    }
  });

  test('holds for a draft whose first saving is on its way, or was never answered', async () => {
    for (const isAnswered of [true, false]) {
      const { server, phone } = two();
      const key = phone.begin('one');
      phone.net = isAnswered ? 'through' : 'answer-lost';
      const saving = push(phone.ports, key);
      await Promise.resolve();
      if (!isAnswered) await saving;
      phone.net = 'through';
      await phone.discard(key);
      await saving;
      await pushAll(phone.ports);
      expect(server.texts()).toEqual([]);
      expect(phone.drafts.size).toBe(0);
    }
  });

  test('is not shown again before the server has heard of it', async () => {
    const { phone } = two();
    const key = phone.begin('one');
    await pushAll(phone.ports);
    await phone.discard(key);
    expect(await pull(phone.ports)).toEqual([]);
  });

  test('is undone without a connection, whatever the server has heard', async () => {
    for (const lost of ['request-lost', 'answer-lost'] as const)
      for (const isSaved of [true, false]) {
        const { server, phone } = two();
        const key = phone.begin('one');
        phone.net = isSaved ? 'through' : 'answer-lost';
        await pushAll(phone.ports);
        phone.net = 'through';
        const draft = await phone.discard(key);
        await pushAll(phone.ports);
        phone.net = lost;
        await restore(phone.ports, draft);
        expect(await pushAll(phone.ports)).toBe(false);
        phone.net = 'through';
        await pushAll(phone.ports);
        expect(server.texts()).toEqual(['one']);
        expect(phone.drafts.get(key)).toMatchObject({ text: 'one', isDirty: false });
      }
  });

  test('and taken back leaves alone what another device wrote meanwhile', async () => {
    const { server, phone, desk } = two();
    const key = phone.begin('one');
    await pushAll(phone.ports);
    await fetchDraft(desk.ports, key);
    desk.type(key, ' two');
    await pushAll(desk.ports);
    const draft = await phone.discard(key);
    await restore(phone.ports, draft);
    phone.type(key, ' three');
    await pushAll(phone.ports);
    expect(server.texts()).toEqual(['one two', 'one three']);
  });
});

type Step =
  | {
      readonly act: 'type' | 'save' | 'look' | 'open' | 'discard' | 'undo';
      readonly on: 'phone' | 'desk';
    }
  | { readonly act: 'net'; readonly on: 'phone' | 'desk'; readonly net: Net };

const on = fc.constantFrom('phone' as const, 'desk' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constantFrom('type', 'type', 'save', 'look', 'open', 'discard', 'undo'),
    on,
  }),
  fc.record({
    act: fc.constant('net'),
    on,
    net: fc.constantFrom<Net[]>('through', 'request-lost', 'answer-lost'),
  }),
);

test('whatever two devices do, and however the network fails, every word that was typed is on the server in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { server, ...devices } = two();
      const first = devices.phone.begin('<0>');
      let typed = 1;
      const thrown: Record<'phone' | 'desk', Draft[]> = { phone: [], desk: [] };
      const undo = async (name: 'phone' | 'desk'): Promise<void> => {
        const draft = thrown[name].pop();
        if (draft !== undefined) await restore(devices[name].ports, draft);
      };
      for (const { act, on: name, ...rest } of steps) {
        const device = devices[name];
        if (act === 'net' && 'net' in rest) device.net = rest.net;
        if (act === 'save') await pushAll(device.ports);
        if (act === 'look') await pull(device.ports);
        if (act === 'open') await fetchDraft(device.ports, first);
        if (act === 'undo') await undo(name);
        const key = device.open()[0];
        if (act === 'discard' && key !== undefined) thrown[name].push(await device.discard(key));
        if (act === 'type' && key !== undefined) {
          device.type(key, `<${typed}>`);
          typed += 1;
        }
      }
      for (const name of ['phone', 'desk'] as const) {
        devices[name].net = 'through';
        while (thrown[name].length > 0) await undo(name);
        await pushAll(devices[name].ports);
      }
      const all = server.texts().join('');
      for (let word = 0; word < typed; word += 1) expect(all).toContain(`<${word}>`);
      // Two devices make two drafts at most out of one.
      expect(server.texts().length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 500 },
  );
});

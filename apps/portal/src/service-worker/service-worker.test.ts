import { afterEach, beforeEach, expect, test, vi } from 'vitest';

interface Shown {
  readonly title: string;
  readonly body: string | undefined;
  readonly tag: string | undefined;
}

/** The worker's surroundings, as far as messages and taps need them. */
const handlers = new Map<string, (event: unknown) => void>();
let shown: Shown[];
let windows: {
  readonly focus: () => Promise<void>;
  readonly postMessage: (news: string) => void;
}[];
let heard: string[];
let opened: string[];
let asked: string[];
let answer: () => Promise<Response>;

beforeEach(async () => {
  shown = [];
  windows = [];
  heard = [];
  opened = [];
  asked = [];
  answer = () => Promise.reject(new TypeError('no network'));
  vi.stubGlobal('__PAGE__', '/index.html');
  vi.stubGlobal('__FILES__', []);
  vi.stubGlobal('__BUILD__', 'test');
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return answer();
  });
  vi.stubGlobal('self', {
    addEventListener: (type: string, handler: (event: unknown) => void) =>
      handlers.set(type, handler),
    registration: {
      showNotification: async (title: string, { body, tag }: NotificationOptions) =>
        shown.push({ title, body, tag }),
    },
    clients: {
      matchAll: async () => windows,
      openWindow: async (path: string) => opened.push(path),
    },
  });
  vi.resetModules();
  await import('./service-worker.ts');
});
afterEach(() => vi.unstubAllGlobals());

/** Resolves when the worker has done what the event asks of it. */
async function fire(type: string, event: object = {}): Promise<void> {
  let work: Promise<unknown> = Promise.resolve();
  const waitUntil = (promise: Promise<unknown>): void => {
    work = promise;
  };
  handlers.get(type)?.({ ...event, waitUntil });
  await work;
}

function stateOf(access: string) {
  return async () =>
    Response.json({ result: { data: { user: { address: 'ada@contoso.example' }, access } } });
}

test('a push message shows that there is mail, each in the place of the one before', async () => {
  answer = stateOf('open');
  await fire('push');
  await fire('push');
  expect(asked).toEqual(['/trpc/session.state', '/trpc/session.state']);
  expect(shown.map(({ title }) => title)).toEqual(
    Array.from({ length: 2 }, () => 'New mail in your emergency mailbox'),
  );
  expect(new Set(shown.map(({ tag }) => tag)).size).toBe(1);
});

test('after the event it says that it is over', async () => {
  answer = stateOf('read-only');
  await fire('push');
  expect(shown.map(({ title }) => title)).toEqual(['The emergency is over']);
});

test.each([
  ['no network', () => Promise.reject(new TypeError('no network'))],
  ['a page of a captive portal', async () => new Response('<html>')],
  ['a server that is away', async () => Response.json({ error: {} }, { status: 503 })],
])('with %s something is shown all the same, as browsers demand', async (_what, given) => {
  answer = given;
  await fire('push');
  expect(shown).toHaveLength(1);
});

test('a page that is open is told to look', async () => {
  windows = [{ focus: () => Promise.resolve(), postMessage: (news) => heard.push(news) }];
  await fire('push');
  expect(heard).toEqual(['push-news']);
});

test('a tap brings the page that is open to the front, or opens one', async () => {
  let closed = 0;
  let focused = 0;
  const notification = { close: () => (closed += 1) };
  await fire('notificationclick', { notification });
  expect(opened).toEqual(['/']);
  windows = [
    {
      focus: async () => {
        focused += 1;
      },
      postMessage: (news) => heard.push(news),
    },
  ];
  await fire('notificationclick', { notification });
  expect([opened.length, focused, closed]).toEqual([1, 1, 2]);
});

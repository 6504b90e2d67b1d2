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
/** By name, each with the paths that it keeps. */
let kept: Map<string, string[]>;

beforeEach(async () => {
  shown = [];
  windows = [];
  heard = [];
  opened = [];
  asked = [];
  answer = () => Promise.reject(new TypeError('no network'));
  vi.stubGlobal('__PAGE__', '/index.html');
  vi.stubGlobal('__FILES__', ['/assets/a-1.js', '/assets/a-1.css']);
  vi.stubGlobal('__BUILD__', 'test');
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return answer();
  });
  kept = new Map();
  vi.stubGlobal('caches', {
    open: async (name: string) => {
      const paths = kept.get(name) ?? [];
      kept.set(name, paths);
      return {
        put: async (path: string) => paths.push(path),
        addAll: async (more: readonly string[]) => paths.push(...more),
      };
    },
    keys: async () => [...kept.keys()],
    delete: async (name: string) => kept.delete(name),
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
      claim: async () => undefined,
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

const PAGE_OF_THIS = '<script src="/assets/a-1.js"></script><link href="/assets/a-1.css">';

test('a version is kept as a whole: page and files', async () => {
  answer = async () => new Response(PAGE_OF_THIS);
  await fire('install');
  expect(kept.get('holdfast-page-test')).toEqual([
    '/index.html',
    '/assets/a-1.js',
    '/assets/a-1.css',
  ]);
});

test('a page of another version, as in the moment of an update, keeps nothing, and is tried again', async () => {
  answer = async () => new Response(PAGE_OF_THIS.replaceAll('a-1', 'a-2'));
  await expect(fire('install')).rejects.toThrow('another version');
  expect([...kept.keys()]).toEqual([]);
});

test('the version before stays for tabs that are open with it, and those before it go', async () => {
  for (const name of ['holdfast-page-1', 'holdfast-page-2', 'holdfast-page-test', 'others'])
    kept.set(name, []);
  await fire('activate');
  expect([...kept.keys()]).toEqual(['holdfast-page-2', 'holdfast-page-test', 'others']);
});

test('a page can ask which files are those of a worker that waits', async () => {
  const heard: unknown[] = [];
  await fire('message', { data: 'files', ports: [{ postMessage: (m: unknown) => heard.push(m) }] });
  expect(heard).toEqual([['/assets/a-1.js', '/assets/a-1.css']]);
});

/**
 * Opens the portal where the network does not, and tells of new mail while it is closed. It keeps the page and its files,
 * never mail: what is kept of mail is the page's business, which knows whose it is.
 */
import type { AskForFiles, PushNews, PushTag, TakeOver } from './names.ts';
import { noticeFor } from './push-notice.ts';
import { strategyFor } from './strategy.ts';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build (`service-worker-plugin.ts`): the page in its language, all hashed files, and a name that changes with them. */
declare const __PAGE__: string;
declare const __FILES__: readonly string[];
declare const __BUILD__: string;

const PREFIX = 'holdfast-page-';
const CACHE = PREFIX + __BUILD__;
const PAGE = __PAGE__;
const FILES = __FILES__;
/** On a network that is worse than none, the kept page is better than waiting. Unit: ms. */
const PAGE_WITHIN = 3_000;

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles());
});

/** All of one version, or nothing: the next look at the server tries again. */
async function keepFiles(): Promise<void> {
  try {
    const cache = await caches.open(CACHE);
    const page = await fetch(PAGE, { cache: 'no-cache' });
    const named = (await page.clone().text()).match(/\/assets\/[\w.-]+/g) ?? [];
    // The server was brought up to date between this worker's file and the page.
    if (!page.ok || named.some((file) => !FILES.includes(file)))
      throw new Error('the page is of another version');
    await cache.put(PAGE, page);
    await cache.addAll([...FILES]);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

/** What came before this version stays, as other tabs may be open with it; its files are on the server no more. */
async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

const TAKE_OVER: TakeOver = 'take-over';

const ASK_FOR_FILES: AskForFiles = 'files';

self.addEventListener('message', ({ data, ports }) => {
  if (data === ASK_FOR_FILES) ports[0]?.postMessage(FILES);
  // Only when its reader has asked for the newer version: a page must not change under the hands that write in it.
  if (data === TAKE_OVER) void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const seen = {
    method: request.method,
    url: request.url,
    isNavigation: request.mode === 'navigate',
  };
  switch (strategyFor(seen, self.location.origin)) {
    case 'network':
      return;
    case 'cache-first':
      return event.respondWith(cacheFirst(request));
    case 'network-first':
      return event.respondWith(networkFirst(request));
  }
});

async function cacheFirst(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}

async function networkFirst(request: Request): Promise<Response> {
  const kept = await caches.match(PAGE, { cacheName: CACHE });
  if (kept === undefined) return fetch(request);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PAGE_WITHIN) });
    // A proxy whose server is gone answers too.
    return answer.status >= 500 ? kept : answer;
  } catch {
    return kept;
  }
}

const HOME = '/';
const TAG: PushTag = 'holdfast';
const NEWS: PushNews = 'push-news';
/** A browser that is shown nothing soon shows words of its own. Unit: ms. */
const STATE_WITHIN = 5_000;

self.addEventListener('push', (event) => {
  event.waitUntil(tell());
});

async function tell(): Promise<void> {
  const { title, body } = noticeFor(await askForState());
  const notice: NotificationOptions & { readonly renotify: boolean } = {
    body,
    tag: TAG,
    icon: '/icons/app-192.png',
    // One that lies there unread must not keep the next from being heard: the server lets minutes pass between them.
    renotify: true,
  };
  await self.registration.showNotification(title, notice);
  // A page that is open looks at once, whatever its own connection is worth.
  for (const page of await self.clients.matchAll({ type: 'window' })) page.postMessage(NEWS);
}

async function askForState(): Promise<unknown> {
  try {
    const answer = await fetch('/trpc/session.state', {
      credentials: 'same-origin',
      signal: AbortSignal.timeout(STATE_WITHIN),
    });
    const told: unknown = await answer.json();
    return dataOf(dataOf(told, 'result'), 'data');
  } catch {
    return null;
  }
}

function dataOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPage());
});

/** The page that is open comes to the front as it is: something may be being written in it. */
async function openPage(): Promise<void> {
  const [open] = await self.clients.matchAll({ type: 'window' });
  await (open === undefined ? self.clients.openWindow(HOME) : open.focus());
}

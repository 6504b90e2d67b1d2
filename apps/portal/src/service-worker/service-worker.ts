/**
 * Opens the portal where the network does not. It keeps the page and its files, never mail: what is kept of mail is the
 * page's business, which knows whose it is.
 */
import { strategyFor } from './strategy.ts';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build (`service-worker-plugin.ts`): the page in its language, all hashed files, and a name that changes with them. */
declare const __PAGE__: string;
declare const __FILES__: readonly string[];
declare const __BUILD__: string;

const PREFIX = 'holdfast-page-';
const CACHE = PREFIX + __BUILD__;
const PAGE = __PAGE__;
/** On a network that is worse than none, the kept page is better than waiting. Unit: ms. */
const PAGE_WITHIN = 3_000;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...__FILES__])));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener('message', ({ data }) => {
  // Only when its reader has asked for the newer version: a page must not change under the hands that write in it.
  if (data === 'take-over') void self.skipWaiting();
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

/** What the service worker does with a request. Decided here so that it can be tested without a browser. */
export type Strategy =
  /** The worker stays out of it. */
  | 'network'
  /** Its name changes with its content: what is kept is right for ever. */
  | 'cache-first'
  /** The page itself: the newest if it comes soon, else the kept one. */
  | 'network-first';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly isNavigation: boolean;
}

/**
 * First parts of the addresses that the portal's own page answers. Everything else (the API, attachments, the pages
 * without JavaScript) is the server's alone: an answer from a cache there could be somebody else's, or yesterday's.
 */
const PLACES: ReadonlySet<string> = new Set([
  '',
  'account',
  'archive',
  'deleted',
  'drafts',
  'event',
  'inbox',
  'junk',
  'meetings',
  'outbox',
  'people',
  'ready',
  'rehearsal',
  'search',
  'sent',
  'write',
  'writing',
]);

export function strategyFor(request: SeenRequest, origin: string): Strategy {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin) return 'network';
  if (url.pathname.startsWith('/assets/')) return 'cache-first';
  const [, first = ''] = url.pathname.split('/');
  return request.isNavigation && PLACES.has(first) ? 'network-first' : 'network';
}

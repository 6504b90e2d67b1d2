import type { MailboxFolder } from '@holdfast/contracts';

/** Every place of the portal. The address bar is the only copy of this; Back always works. */
export type Route =
  | { readonly page: 'folder'; readonly folder: MailboxFolder; readonly itemId: string | null }
  | { readonly page: 'write'; readonly draftKey: string }
  | { readonly page: 'search'; readonly query: string; readonly itemId: string | null }
  | { readonly page: 'event' }
  | { readonly page: 'outbox' }
  | { readonly page: 'writing' }
  | { readonly page: 'people' }
  | { readonly page: 'meetings' }
  | { readonly page: 'way-in' }
  | { readonly page: 'account' }
  | { readonly page: 'ready' }
  | { readonly page: 'rehearsal' };

/** A list with a message that may be open beside it. */
export type ListPlace = Extract<Route, { readonly page: 'folder' | 'search' }>;

const FOLDERS: ReadonlySet<string> = new Set<MailboxFolder>([
  'inbox',
  'sent',
  'drafts',
  'archive',
  'deleted',
  'junk',
]);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function isFolder(text: string): text is MailboxFolder {
  return FOLDERS.has(text);
}

/** Pages that take the place of the whole mailbox. */
export type OwnPage = 'way-in' | 'account' | 'ready' | 'rehearsal';
const OWN_PAGES: ReadonlySet<string> = new Set<OwnPage>([
  'way-in',
  'account',
  'ready',
  'rehearsal',
]);

export function isOwnPage(text: string): text is OwnPage {
  return OWN_PAGES.has(text);
}

/** Anything unknown is the inbox: a mistyped address must not be a dead end on the worst mail day. */
export function matchRoute(href: string): Route {
  const [path = '', search = ''] = href.split('?');
  const [first = '', second = '', ...rest] = path.split('/').filter((part) => part !== '');
  const inbox: Route = { page: 'folder', folder: 'inbox', itemId: null };
  if (rest.length > 0) return inbox;
  if (first === 'search')
    return {
      page: 'search',
      query: new URLSearchParams(search).get('q') ?? '',
      itemId: UUID.test(second) ? second : null,
    };
  if (first === 'event' && second === '') return { page: 'event' };
  if (first === 'outbox' && second === '') return { page: 'outbox' };
  if (first === 'writing' && second === '') return { page: 'writing' };
  if (first === 'people' && second === '') return { page: 'people' };
  if (first === 'meetings' && second === '') return { page: 'meetings' };
  if (isOwnPage(first) && second === '') return { page: first };
  if (first === 'write' && UUID.test(second)) return { page: 'write', draftKey: second };
  if (!isFolder(first)) return inbox;
  return { page: 'folder', folder: first, itemId: UUID.test(second) ? second : null };
}

export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'folder':
      return route.itemId === null ? `/${route.folder}` : `/${route.folder}/${route.itemId}`;
    case 'write':
      return `/write/${route.draftKey}`;
    case 'search':
      return `/search${route.itemId === null ? '' : `/${route.itemId}`}${queryOf(route.query)}`;
    case 'event':
      return '/event';
    case 'outbox':
      return '/outbox';
    case 'writing':
      return '/writing';
    case 'people':
      return '/people';
    case 'meetings':
      return '/meetings';
    case 'way-in':
    case 'account':
    case 'ready':
    case 'rehearsal':
      return `/${route.page}`;
  }
}

function queryOf(query: string): string {
  return query === '' ? '' : `?${new URLSearchParams({ q: query })}`;
}

import { describe, expect, test } from 'vitest';
import { hrefOf, matchRoute, type Route } from './router.ts';

const ID = '019ab0de-7c5f-7d31-9a52-0c3f5c1f2b44';

describe('matching a path', () => {
  test('the root and anything unknown is the inbox', () => {
    const inbox = { page: 'folder', folder: 'inbox', itemId: null };
    for (const path of ['/', '', '/nowhere', '/inbox/1/2/3', '/write/not-a-key', '/people/x'])
      expect(matchRoute(path)).toEqual(inbox);
  });

  test('an item id that is no id opens the folder alone', () => {
    expect(matchRoute('/sent/<script>')).toEqual({ page: 'folder', folder: 'sent', itemId: null });
  });

  test('every route survives the way into the address bar and back', () => {
    const routes: readonly Route[] = [
      { page: 'folder', folder: 'deleted', itemId: null },
      { page: 'folder', folder: 'junk', itemId: ID },
      { page: 'write', draftKey: ID },
      { page: 'people' },
      { page: 'search', query: '', itemId: null },
      { page: 'search', query: 'from:anna "q & a" 会議+1', itemId: ID },
      { page: 'meetings' },
      { page: 'way-in' },
      { page: 'account' },
      { page: 'ready' },
      { page: 'rehearsal' },
      { page: 'folder', folder: 'archive', itemId: ID },
    ];
    for (const route of routes) expect(matchRoute(hrefOf(route))).toEqual(route);
  });
});

import { expect, test } from 'vitest';
import { hrefOf, type Route } from '../router.ts';
import { strategyFor, type Strategy } from './strategy.ts';

const ORIGIN = 'https://mail.holdfast.example';
const cases: readonly (readonly [string, string, boolean, Strategy])[] = [
  ['GET', '/assets/first-abc.js', false, 'cache-first'],
  ['GET', '/', true, 'network-first'],
  ['GET', '/inbox/019ab0de-7c5f-7d31-9a52-0c3f5c1f2b44', true, 'network-first'],
  ['GET', '/search?q=gate', true, 'network-first'],
  ['GET', '/trpc/mailbox.list?input=1', false, 'network'],
  ['POST', '/trpc/mailbox.send', false, 'network'],
  ['GET', '/attachments/1/2', true, 'network'],
  ['GET', '/info/token', true, 'network'],
  ['GET', '/sent.mbox', true, 'network'],
  ['GET', '/stream', false, 'network'],
  ['GET', '/way-in', true, 'network'],
  ['GET', '/inbox', false, 'network'],
];

test.each(cases)('%s %s (navigation: %s): %s', (method, path, isNavigation, expected) => {
  const request = { method, url: ORIGIN + path, isNavigation };
  expect(strategyFor(request, ORIGIN)).toBe(expected);
});

test('another origin is none of its business', () => {
  const request = { method: 'GET', url: 'https://x.example/assets/a.js', isNavigation: false };
  expect(strategyFor(request, ORIGIN)).toBe('network');
});

/** One of each; a new kind of page does not compile without. */
const ROUTES: Readonly<Record<Route['page'], Route>> = {
  folder: { page: 'folder', folder: 'archive', itemId: null },
  write: { page: 'write', draftKey: '019ab0de-7c5f-7d31-9a52-0c3f5c1f2b44' },
  search: { page: 'search', query: 'gate', itemId: null },
  event: { page: 'event' },
  outbox: { page: 'outbox' },
  writing: { page: 'writing' },
  people: { page: 'people' },
  meetings: { page: 'meetings' },
  'way-in': { page: 'way-in' },
  account: { page: 'account' },
  ready: { page: 'ready' },
  rehearsal: { page: 'rehearsal' },
};

test('every page opens without a connection, but the one that is behind a link and good for once', () => {
  const others = Object.values(ROUTES).filter((route) => {
    const seen = { method: 'GET', url: ORIGIN + hrefOf(route), isNavigation: true };
    return strategyFor(seen, ORIGIN) !== 'network-first';
  });
  expect(others).toEqual([{ page: 'way-in' }]);
});

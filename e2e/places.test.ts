import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AT_THE_DOOR, ON_WALKS, SIGNED_IN } from './src/console-states.ts';
import { BEHIND_LINKS } from './src/info-states.ts';
import { AFTERWARDS, WITHOUT_EVENT } from './src/other-times.ts';
import { INSIDE, OUTSIDE } from './src/portal-states.ts';

/** What is said in the source; the browser would only show that a page that was forgotten here is not looked at. */
function source(...path: readonly string[]): string {
  return readFileSync(join(import.meta.dirname, '..', 'apps', ...path), 'utf8');
}

function found(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].toSorted();
}

const STATES = [...OUTSIDE, ...BEHIND_LINKS, ...INSIDE, ...WITHOUT_EVENT, ...AFTERWARDS];
const firstParts = new Set(STATES.map(({ path }) => path.split(/[/?]/)[1] ?? ''));

test('every page of the portal’s router is looked at by axe', () => {
  const pages = found(source('portal', 'src', 'router.ts'), /readonly page: '([\w-]+)'/g);
  expect(pages.length).toBeGreaterThan(8);
  // A folder is named by itself, and writing is a window over any of them.
  const named = pages.filter((page) => !['folder', 'write'].includes(page));
  expect(named.filter((page) => !firstParts.has(page))).toEqual([]);
  expect(STATES.some(({ name }) => name === 'writing')).toBe(true);
  for (const folder of ['sent', 'drafts', 'archive', 'deleted', 'junk'])
    expect(firstParts).toContain(folder);
});

test('every page behind a link is looked at by axe', () => {
  const paths = BEHIND_LINKS.map(({ path }) => path);
  const words = source('server', 'src', 'web', 'alternate-info-paths.ts');
  const changes = /CHANGE_WORDS = \[([^\]]+)\]/.exec(words)?.[1] ?? '';
  // Removing is one page, of a number or of an address.
  const wanted = found(changes, /'([\w-]+)'/g).filter((word) => word !== 'remove-sms');
  expect(wanted.length).toBeGreaterThan(3);
  for (const word of wanted) expect(paths).toContain(`:verified:/change/${word}`);
  const site = source('server', 'src', 'web', 'portal-site.ts');
  for (const mounted of found(site, /use\('\/([\w-]+)', create\w+Routes\(ports\)\)/g))
    expect(paths.some((path) => path === `/${mounted}/over`)).toBe(true);
});

test('every page of the console’s router is looked at by axe', () => {
  const routes = found(source('admin', 'src', 'router.tsx'), /\bpath: '([^']+)'/g);
  expect(routes.length).toBeGreaterThan(20);
  const lookedAt = [...AT_THE_DOOR, ...SIGNED_IN].map(({ route }) => route);
  expect(found([...lookedAt, ...ON_WALKS].join('\n'), /^(.+)$/gm)).toEqual(routes);
});

import type { AdminDuty } from '@holdfast/contracts';

/** What a page needs, by the beginning of its address; the longest that fits counts. */
const PAGES: Readonly<Record<string, AdminDuty>> = {
  '/': 'see-people',
  '/health': 'see-people',
  '/users': 'see-people',
  '/event': 'see-people',
  '/settings': 'see-people',
  '/continuity': 'look',
  '/continuity/set-up': 'operate',
  '/domains': 'look',
  '/queue': 'look',
  '/quarantine': 'look',
  '/trace': 'look',
  '/messages': 'look',
  '/security': 'look',
  '/connection': 'look',
  '/uninstall': 'look',
};

/** Null: a page that is nowhere, which the router says. */
export function dutyOfPage(path: string): AdminDuty | null {
  if (path === '/') return 'see-people';
  const known = Object.keys(PAGES).filter(
    (page) => page !== '/' && (path === page || path.startsWith(`${page}/`)),
  );
  const longest = known.toSorted((a, b) => b.length - a.length)[0];
  return longest === undefined ? null : (PAGES[longest] ?? null);
}

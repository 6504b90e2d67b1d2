import type { Visitor } from './browser.ts';
import type { PageState } from './page-views.ts';

/** One page of the console in one of its states. */
export interface ConsoleState extends PageState {
  /** As the router has it; `places.test.ts` tells of one that is looked at nowhere. */
  readonly route: string;
}

const sees =
  (words: string | RegExp) =>
  (visitor: Visitor): Promise<void> =>
    visitor.sees(words);

const button = ({ page }: Pick<Visitor, 'page'>, name: string) =>
  page.getByRole('button', { name, exact: true });

/** What stands behind `#` is read when the page comes, and a new one alone does not let it come again. */
async function fresh({ page }: Visitor): Promise<void> {
  await page.reload();
  await page.getByLabel('Password', { exact: true }).waitFor();
}

const wrong = async (visitor: Visitor): Promise<void> => {
  await visitor.page.locator('[aria-invalid="true"]').first().waitFor();
  await visitor.sees(/^Enter your /);
};

/** As long as one that was made, and nobody's. */
const TOKEN = 'x'.repeat(43);

/** Before anybody has signed in. */
export const AT_THE_DOOR: readonly ConsoleState[] = [
  { name: 'sign-in', route: '/', path: '/', reach: sees('This sign-in does not need Microsoft.') },
  {
    name: 'sign-in with nothing entered',
    route: '/',
    path: '/',
    async reach(visitor) {
      await button(visitor, 'Sign in').click();
      await wrong(visitor);
    },
  },
  {
    name: 'set-up without its link',
    route: '/set-up',
    path: '/set-up',
    reach: sees('The set-up link is incomplete'),
  },
  { name: 'set-up', route: '/set-up', path: `/set-up#${TOKEN}`, reach: fresh },
  {
    name: 'set-up with nothing entered',
    route: '/set-up',
    path: `/set-up#${TOKEN}`,
    async reach(visitor) {
      await fresh(visitor);
      await button(visitor, 'Create organisation').click();
      await wrong(visitor);
    },
  },
  {
    name: 'an invitation with half of its link',
    route: '/join',
    path: '/join#half',
    reach: sees('This link is not complete.'),
  },
  {
    name: 'an invitation that is over',
    route: '/join',
    path: `/join#${TOKEN}`,
    async reach(visitor) {
      await fresh(visitor);
      await visitor.page.getByLabel('Password', { exact: true }).fill('rain on the harbour wall');
      await button(visitor, 'Accept and sign in').click();
      await visitor.page.getByRole('alert').waitFor();
    },
    fault: /status of 40\d/,
  },
];

/** Of the demo with everybody protected, and nothing going on. */
export const SIGNED_IN: readonly ConsoleState[] = [
  { name: 'overview', route: '/', path: '/', reach: sees('Is mail flowing?') },
  { name: 'health', route: '/health', path: '/health', reach: sees('By source') },
  { name: 'continuity', route: '/continuity', path: '/continuity', reach: sees('Who filters') },
  {
    name: 'choosing whom to protect',
    route: '/continuity/set-up/$step',
    path: '/continuity/set-up/choose',
    reach: ({ page }) => page.getByRole('radio').first().waitFor(),
  },
  {
    name: 'users',
    route: '/users',
    path: '/users',
    reach: ({ page }) => page.locator('tr[data-row]').nth(8).waitFor(),
  },
  { name: 'domains', route: '/domains', path: '/domains', reach: sees('MX points here') },
  {
    name: 'the card',
    route: '/domains/card',
    path: '/domains/card',
    reach: sees('Switch the lock-down off first'),
  },
  {
    name: 'uninstalling',
    route: '/uninstall',
    path: '/uninstall',
    reach: sees('MX of contoso.example points here'),
  },
  {
    name: 'the event’s page',
    route: '/event',
    path: '/event',
    reach: ({ page }) => page.getByRole('status').filter({ hasText: 'covered' }).waitFor(),
  },
  { name: 'queue', route: '/queue', path: '/queue', reach: sees('The queue is empty') },
  {
    name: 'quarantine',
    route: '/quarantine',
    path: '/quarantine',
    reach: sees('Nothing is in quarantine'),
  },
  {
    name: 'trace',
    route: '/trace',
    path: '/trace',
    reach: ({ page }) => page.locator('a[href^="/messages/"]').first().waitFor(),
  },
  {
    name: 'a message',
    route: '/messages/$id',
    path: '/trace',
    async reach({ page }) {
      await page.locator('a[href^="/messages/"]').first().click();
      await page.getByText('Delivered', { exact: true }).first().waitFor();
    },
  },
  {
    name: 'security',
    route: '/security',
    path: '/security',
    reach: sees('How a message is judged'),
  },
  {
    name: 'lists of Office 365',
    route: '/security/office365',
    path: '/security/office365',
    reach: sees('What was read'),
  },
  {
    name: 'connection',
    route: '/connection',
    path: '/connection',
    reach: sees(/^Checked /),
  },
  {
    name: 'no answer of Microsoft',
    route: '/connection/consent',
    path: '/connection/consent',
    reach: sees('There is no answer of Microsoft’s in this address.'),
  },
  {
    name: 'settings',
    route: '/settings',
    path: '/settings',
    reach: ({ page }) => button({ page }, 'Invite somebody').waitFor(),
  },
  {
    name: 'inviting somebody',
    route: '/settings',
    path: '/settings',
    async reach({ page }) {
      await button({ page }, 'Invite somebody').click();
      await page.getByRole('dialog').getByRole('radio').first().waitFor();
    },
  },
  {
    name: 'no drill so far',
    route: '/event/drills',
    path: '/event/drills',
    reach: sees('No drill so far'),
  },
  {
    name: 'a page that is nowhere',
    route: '/',
    path: '/nowhere',
    reach: ({ page }) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
];

/** Looked at on a way that leads there. */
export const ON_WALKS = ['/domains/$name/cut-over', '/event/drills/$drillId'] as const;

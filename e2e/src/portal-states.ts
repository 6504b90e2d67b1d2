import type { Visitor } from './browser.ts';
import type { PageState } from './page-views.ts';
import { INVITATION } from './reading-letters.ts';
import { STRAY_REPORT } from './sent-reports.ts';
import { waitFor } from './wait-for.ts';

export const CUT_OFF = /Failed to load resource: net::ERR_|status of 503/;

function heading(name: string | RegExp): (visitor: Visitor) => Promise<void> {
  return ({ page }) => page.getByRole('heading', { name }).first().waitFor();
}

async function openMessage(visitor: Visitor, subject: string): Promise<void> {
  await visitor.page.locator('.list-pane a.m').filter({ hasText: subject }).first().click();
  await visitor.page.getByRole('article').getByRole('heading', { level: 1 }).waitFor();
}

async function write({ page }: Visitor): Promise<void> {
  await page.getByRole('button', { name: 'Write', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Message', { exact: true }).waitFor();
}

/** Without a session. */
export const OUTSIDE: readonly PageState[] = [
  { name: 'sign-in', path: '/', reach: heading('Sign in') },
  {
    name: 'sign-in with nothing entered',
    path: '/',
    async reach({ page }) {
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
  {
    name: 'a code on its way',
    path: '/',
    async reach({ page }) {
      await page.getByLabel('Login').fill('nobody@contoso.example');
      await page.getByRole('button', { name: 'Send me' }).click();
      await page.getByRole('heading', { name: 'Enter the code' }).waitFor();
    },
    leave: ({ page }) => page.evaluate(() => localStorage.clear()),
  },
  { name: 'the page behind a link to sign in', path: '/way-in', reach: heading(/.+/) },
];

/** Signed in, during an event. `PLAIN`, `LETTER`, the reports and the invitation have been delivered. */
export const PLAIN = 'Gate 4 is closed';
export const LETTER = 'The lorry is loaded';

export const INSIDE: readonly PageState[] = [
  {
    name: 'inbox',
    path: '/',
    reach: ({ page }) => page.locator('a.m').filter({ hasText: PLAIN }).first().waitFor(),
  },
  {
    name: 'a plain message',
    path: '/',
    async reach(visitor) {
      await openMessage(visitor, PLAIN);
      await visitor.sees('Please take gate 6.');
    },
  },
  {
    name: 'a letter in HTML',
    path: '/',
    async reach(visitor) {
      await openMessage(visitor, LETTER);
      await visitor.sees('Pictures from the internet are not loaded.');
    },
  },
  {
    name: 'a delivery report',
    path: '/',
    async reach(visitor) {
      // In lists it is named by what it says.
      await openMessage(visitor, 'Not delivered to mona.kane@fabrikam.example');
      const card = visitor.page.getByRole('region', { name: 'Delivery report' });
      await card.getByText('the address does not exist at fabrikam.example').waitFor();
      await card.getByText('Not delivered yet: fabrikam.example is tried further').waitFor();
      await card.getByRole('link', { name: 'Show the message that was sent' }).waitFor();
    },
  },
  {
    name: 'a delivery report about nothing of hers',
    path: '/',
    async reach(visitor) {
      await openMessage(visitor, STRAY_REPORT);
      await visitor.sees(/It is about a message that was not sent from here/);
    },
  },
  {
    name: 'an invitation',
    path: '/',
    async reach(visitor) {
      await openMessage(visitor, INVITATION.subject);
      await visitor.page.getByRole('region', { name: 'Invitation' }).waitFor();
    },
  },
  { name: 'sent mail', path: '/sent', reach: heading('Sent') },
  { name: 'nothing deleted', path: '/deleted', reach: heading('Nothing deleted') },
  { name: 'archive', path: '/archive', reach: heading('Archive') },
  { name: 'junk', path: '/junk', reach: heading('Junk') },
  { name: 'no drafts', path: '/drafts', reach: heading('No drafts') },
  {
    name: 'people',
    path: '/people',
    reach: ({ page }) => page.locator('.people li').first().waitFor(),
  },
  { name: 'meetings', path: '/meetings', reach: heading('Meetings') },
  { name: 'what is going on', path: '/event', reach: heading('The outage') },
  {
    name: 'signature and sending',
    path: '/writing',
    reach: ({ page }) => page.getByRole('button', { name: 'Save' }).waitFor(),
  },
  { name: 'account', path: '/account', reach: heading('Devices that are signed in') },
  { name: 'this phone made ready', path: '/ready', reach: heading('Make this phone ready') },
  { name: 'search', path: '/search', reach: ({ page }) => page.getByRole('searchbox').waitFor() },
  {
    name: 'something found',
    path: '/search?q=gate',
    reach: ({ page }) => page.locator('a.m').filter({ hasText: PLAIN }).first().waitFor(),
  },
  { name: 'nothing found', path: '/search?q=zebra', reach: heading(/Nothing found/) },
  { name: 'nothing waits to be sent', path: '/outbox', reach: heading('Nothing waits') },
  {
    name: 'messages selected',
    path: '/',
    async reach({ page }) {
      const selected = page.getByText('1 selected').first();
      await page.locator('a.m').first().focus();
      // The keys of the list are loaded behind the list.
      await waitFor('a message to be selected', async () => {
        await page.keyboard.press('x');
        return selected.waitFor({ timeout: 2_000 }).then(
          () => true,
          () => false,
        );
      });
    },
  },
  {
    name: 'writing',
    path: '/',
    async reach(visitor) {
      await write(visitor);
      await visitor.page.getByLabel('Subject').fill('Gate 6 today');
    },
    async leave({ page }) {
      await page.getByRole('button', { name: 'Discard draft' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'writing with formatting',
    path: '/',
    async reach(visitor) {
      const { page } = visitor;
      await write(visitor);
      await page.getByLabel('Subject').fill('Gate 6 today');
      await page.getByRole('button', { name: 'Formatting', exact: true }).click();
      await page.locator('.rich[contenteditable]').click();
      await page.keyboard.press('Control+b');
      await page.keyboard.type('At six');
      await page.getByRole('button', { name: 'Link', exact: true }).click();
      await page.getByRole('button', { name: 'Set link' }).click();
      await visitor.sees('A link leads to a page or a mail address');
      await page.getByRole('button', { name: 'Formatting', exact: true }).click();
      await visitor.sees('Without formatting, bold, lists and links become plain text.');
    },
    async leave({ page }) {
      await page.getByRole('button', { name: 'Remove formatting' }).click();
      await page.getByRole('button', { name: 'Discard draft' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'writing to nobody',
    path: '/',
    async reach(visitor) {
      await write(visitor);
      await visitor.page.getByRole('button', { name: 'Send', exact: true }).click();
      await visitor.page
        .getByRole('dialog')
        .getByRole('alert')
        .filter({ hasText: /\w/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'no connection',
    path: '/',
    fault: CUT_OFF,
    waits: true,
    async reach(visitor) {
      await visitor.page.locator('a.m').first().waitFor();
      await visitor.page.context().setOffline(true);
      await visitor.page.getByRole('button', { name: 'Look for new mail' }).click();
      await visitor.sees(/No connection/);
    },
    leave: ({ page }) => page.context().setOffline(false),
  },
  {
    name: 'list that fails',
    path: '/',
    fault: CUT_OFF,
    waits: true,
    async reach(visitor) {
      await visitor.page.route('**/trpc/**mailbox.list**', (route) => route.abort());
      await visitor.page.goto(new URL('/junk', visitor.page.url()).href);
      await visitor.page.getByRole('button', { name: 'Try again' }).waitFor();
    },
    leave: ({ page }) => page.unrouteAll(),
  },
];

import type { PageState } from './page-views.ts';

/** What the portal looks like when there is no event. */
export const WITHOUT_EVENT: readonly PageState[] = [
  {
    name: 'closed',
    path: '/',
    reach: ({ page }) =>
      page.getByRole('heading', { name: 'Your mail is in Office 365' }).waitFor(),
  },
  {
    name: 'contacts',
    path: '/people',
    reach: ({ page }) => page.locator('.people li').first().waitFor(),
  },
  {
    name: 'rehearsal',
    path: '/rehearsal',
    reach: ({ page }) => page.getByRole('link', { name: 'Leave the rehearsal' }).waitFor(),
  },
  {
    name: 'a message of the rehearsal',
    path: '/rehearsal',
    async reach({ page }) {
      await page.locator('button.made-up').first().click();
      await page.getByRole('article').waitFor();
    },
  },
  {
    name: 'account without an event',
    path: '/account',
    reach: ({ page }) =>
      page.getByRole('heading', { name: 'Devices that are signed in' }).waitFor(),
  },
  {
    name: 'this phone made ready without an event',
    path: '/ready',
    reach: ({ page }) => page.getByRole('heading', { name: 'Make this phone ready' }).waitFor(),
  },
];

/** Once the helpdesk has made a code for the person, and once the event is over. */
export const WITH_HELPDESK_CODE: readonly PageState[] = [
  {
    name: 'inbox after a code of the helpdesk',
    path: '/',
    reach: ({ page }) =>
      page.getByRole('region', { name: 'Sign-in code from the helpdesk' }).waitFor(),
  },
];
export const AFTERWARDS: readonly PageState[] = [
  {
    name: 'inbox that is read-only',
    path: '/',
    async reach(visitor) {
      await visitor.sees(/Office 365 is back since/);
      await visitor.page.locator('a.m').first().waitFor();
    },
  },
  {
    name: 'what became of it all',
    path: '/event',
    reach: ({ page }) => page.getByRole('heading', { name: 'After the outage' }).waitFor(),
  },
];

/** What chosen users see while they practise. */
export const IN_A_DRILL: readonly PageState[] = [
  {
    name: 'inbox in a drill',
    path: '/',
    async reach({ page }) {
      await page.getByRole('region', { name: 'Drill', exact: true }).waitFor();
      await page.locator('a.m').first().waitFor();
    },
  },
  {
    name: 'what a drill is',
    path: '/event',
    async reach({ page }) {
      await page.getByRole('region', { name: 'Drill', exact: true }).waitFor();
      await page.locator('.about-event').waitFor();
    },
  },
];

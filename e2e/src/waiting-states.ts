import type { Page } from 'playwright-core';
import type { Visitor } from './browser.ts';
import { MONA } from './open-mailbox.ts';
import type { PageState } from './page-views.ts';
import { CUT_OFF } from './portal-states.ts';
import { waitFor } from './wait-for.ts';

/** What is pressed and seen on the way, in the portal's two languages. */
interface Words {
  readonly write: string;
  readonly message: string;
  readonly to: string;
  readonly subject: string;
  readonly send: string;
  readonly close: RegExp;
  readonly discard: string;
  readonly noDrafts: string;
  readonly outbox: string;
  readonly waits: string;
  readonly takeBack: string;
  readonly sendNow: string;
  readonly ownPhone: string;
  readonly news: string;
}

const ENGLISH: Words = {
  write: 'Write',
  message: 'Message',
  to: 'To',
  subject: 'Subject',
  send: 'Send',
  close: /^Close/,
  discard: 'Discard draft: Gate 7',
  noDrafts: 'No drafts',
  outbox: 'Show',
  waits: 'Waits for a connection',
  takeBack: 'Take back',
  sendNow: 'Try now',
  ownPhone: 'Yes, keep mail on it',
  news: 'Shall this device tell you when new mail comes?',
};
const GERMAN: Words = {
  write: 'Schreiben',
  message: 'Nachricht',
  to: 'An',
  subject: 'Betreff',
  send: 'Senden',
  close: /^Schließen/,
  discard: 'Entwurf verwerfen: Gate 7',
  noDrafts: 'Keine Entwürfe',
  outbox: 'Anzeigen',
  waits: 'Wartet auf eine Verbindung',
  takeBack: 'Zurückholen',
  sendNow: 'Jetzt versuchen',
  ownPhone: 'Ja, E-Mails hier behalten',
  news: 'Soll dieses Gerät Bescheid geben, wenn neue E-Mails kommen?',
};

async function isOnServer(page: Page): Promise<boolean> {
  const answer = await page.request.get(new URL('/trpc/drafts.list', page.url()).href);
  return (await answer.text()).includes('Gate 7');
}

/** What lies here until somebody comes back to it, and what is asked once. Each takes everything away again. */
function waitingStates(words: Words): readonly PageState[] {
  async function begin({ page }: Visitor): Promise<void> {
    await page.getByRole('button', { name: words.write, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words.message, { exact: true }).waitFor();
    const to = dialog.getByRole('combobox', { name: words.to, exact: true });
    await to.fill(MONA);
    await to.press('Enter');
    await dialog.getByLabel(words.subject).fill('Gate 7');
    await dialog.getByLabel(words.message, { exact: true }).fill('It is open until six.');
  }
  async function discard({ page }: Visitor): Promise<void> {
    // Not before it is on the server: what is taken away there does not come back with the next view.
    await waitFor('the draft on the server', () => isOnServer(page));
    await page.getByRole('button', { name: words.discard }).click();
    await page.getByRole('heading', { name: words.noDrafts }).waitFor();
    await waitFor('no draft on the server', async () => !(await isOnServer(page)));
  }
  const draftsOf = ({ page }: Visitor) => page.goto(new URL('/drafts', page.url()).href);

  return [
    {
      name: 'a draft',
      path: '/',
      async reach(visitor) {
        const { page } = visitor;
        await begin(visitor);
        await page.getByRole('dialog').getByRole('button', { name: words.close }).click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await draftsOf(visitor);
        await page.locator('.drafts').getByText('Gate 7').waitFor();
      },
      leave: discard,
    },
    {
      name: 'a message that waits for a connection',
      path: '/',
      fault: CUT_OFF,
      waits: true,
      async reach(visitor) {
        const { page } = visitor;
        await begin(visitor);
        await page.route('**/trpc/**mailbox.send**', (route) =>
          route.abort('internetdisconnected'),
        );
        await page.getByRole('button', { name: words.send, exact: true }).click();
        await page.locator('.strip').getByRole('link', { name: words.outbox }).click();
        await visitor.sees(words.waits);
      },
      async leave(visitor) {
        const { page } = visitor;
        await page.getByRole('button', { name: words.takeBack }).click();
        await page.unrouteAll();
        // It goes by itself as well, perhaps before the touch.
        await page
          .getByRole('button', { name: words.sendNow })
          .evaluateAll((buttons: HTMLElement[]) => buttons.forEach((button) => button.click()));
        await page.locator('.outbox li').waitFor({ state: 'detached' });
        await draftsOf(visitor);
        await discard(visitor);
      },
    },
    {
      name: 'the question about news on this device',
      path: '/',
      async reach(visitor) {
        const { page } = visitor;
        await page.context().grantPermissions(['notifications']);
        await page.getByRole('button', { name: words.ownPhone }).click();
        const question = page.getByRole('heading', { name: words.news });
        // It is loaded while something is read, and asked when somebody comes back.
        await waitFor('the question', async () => {
          await page.locator('.list-pane a.m').first().click();
          await page.getByRole('article').locator('.message-head').waitFor();
          await page.goBack();
          return question.waitFor({ timeout: 2_000 }).then(
            () => true,
            () => false,
          );
        });
      },
      leave: ({ page }) => page.evaluate(() => localStorage.clear()),
    },
  ];
}

export const WAITING = waitingStates(ENGLISH);
export const WAITING_IN_GERMAN = waitingStates(GERMAN);

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './src/axe.ts';
import { launchChromium, PHONE, Visitor } from './src/browser.ts';
import { ADELE, OpenMailboxes } from './src/open-mailbox.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';

let mailboxes: OpenMailboxes;
let browser: Browser;
reportLogsOfFailures(() => mailboxes.product);

beforeAll(async () => {
  [mailboxes, browser] = await Promise.all([OpenMailboxes.boot(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await mailboxes?.stop();
});

const stranger = (): Promise<Visitor> => Visitor.arrive(browser, 'somebody', PHONE);
const inbox = (page: Page): Promise<void> =>
  page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();

/** Text messages with a way in, the oldest first. */
async function waysIn(): Promise<readonly string[]> {
  const texts = (await mailboxes.product.world.sms()).map(({ text }) => text);
  return texts.filter((text) => text.includes('sign-in code'));
}

/** Asks on the sign-in page, and waits for the text message. */
async function ask({ page }: Visitor): Promise<{ readonly code: string; readonly link: string }> {
  const before = (await waysIn()).length;
  await page.goto(mailboxes.url);
  await page.getByLabel('Login').fill(ADELE);
  await page.getByRole('button', { name: 'Send me a way in' }).click();
  await page.getByLabel('Code').waitFor();
  const text = await waitFor('the text message with the way in', async () =>
    (await waysIn()).at(before),
  );
  return {
    code: /^\d{8}/.exec(text)?.[0] ?? '',
    link: /https?:\S+\/way-in#\S+/.exec(text)?.[0] ?? '',
  };
}

describe('without a password', () => {
  test('a code that was sent lets in where it was asked for', async () => {
    const visitor = await stranger();
    const { page } = visitor;
    await page.goto(mailboxes.url);
    await page.getByLabel('Login').waitFor();
    await expectAccessible(visitor, 'portal: sign-in with other ways');
    const { code } = await ask(visitor);
    await expectAccessible(visitor, 'portal: entering the code');
    expect(await page.getByLabel('Code').getAttribute('autocomplete')).toBe('one-time-code');
    await visitor.refused(401, async () => {
      await page.getByLabel('Code').fill('00000000');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').locator('p.problem').waitFor();
    });
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await inbox(page);
    expect(visitor.takeFaults()).toEqual([]);
    await visitor.leave();
  });

  test('a link does nothing on looking, needs the login elsewhere, and works once', async () => {
    const asking = await stranger();
    const { link } = await ask(asking);
    const elsewhere = await stranger();
    const { page } = elsewhere;
    await page.goto(link);
    await page.getByText('Nothing has happened yet.').waitFor();
    await expectAccessible(elsewhere, 'portal: behind the link');
    expect(page.url()).not.toContain('#');
    expect(elsewhere.requests.filter((url) => url.includes('useWayIn'))).toEqual([]);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Enter your work address.').waitFor();
    await page.getByLabel('Login').fill(ADELE);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await inbox(page);
    await asking.refused(401, async () => {
      await asking.page.goto(link);
      // Asked for here, so the login stands there already.
      await asking.page.getByRole('button', { name: 'Sign in' }).click();
      await asking.page.getByRole('alert').locator('p.problem').waitFor();
    });
    expect([...elsewhere.takeFaults(), ...asking.takeFaults()]).toEqual([]);
    await elsewhere.leave();
    await asking.leave();
  });
});

test('a passkey is made on the way to a phone that is ready, and lets in without a login', async () => {
  const visitor = await mailboxes.arrive(browser, PHONE, { path: '/ready' });
  const { page } = visitor;
  const authenticator = await page.context().newCDPSession(page);
  await authenticator.send('WebAuthn.enable');
  await authenticator.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.getByRole('button', { name: 'Add a passkey for this device' }).click();
  await page.getByText('There is one. Signing in takes one touch.').waitFor();
  await page.getByRole('button', { name: 'Make and print codes' }).click();
  await page.getByRole('heading', { name: 'For your wallet' }).waitFor();
  await expectAccessible(visitor, 'portal: this phone made ready, with the card');
  const [code = ''] = await page.locator('.wallet-card li').allInnerTexts();
  await page.getByRole('button', { name: 'I have them' }).click();
  await page.goto(`${mailboxes.url}/account`);
  await page.getByText('8 left').waitFor();
  await expectAccessible(visitor, 'portal: account');
  await page.getByRole('button', { name: 'Back' }).click();
  await inbox(page);
  await page.getByRole('button', { name: 'Folders' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await inbox(page);
  expect(visitor.takeFaults()).toEqual([]);
  const other = await stranger();
  await other.page.goto(mailboxes.url);
  await other.page.getByLabel('Login').fill(ADELE);
  await other.page.getByLabel('Password', { exact: true }).fill(code);
  await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await inbox(other.page);
  await other.leave();
  await visitor.leave();
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './src/axe.ts';
import { launchChromium, PHONE, type Visitor } from './src/browser.ts';
import { MONA, OpenMailboxes } from './src/open-mailbox.ts';
import { Composer } from './src/pages/composer.ts';
import { Portal } from './src/pages/portal.ts';
import { PushPhone } from './src/push-phone.ts';
import { TwoVersions } from './src/two-versions.ts';
import { waitFor } from './src/wait-for.ts';

let mailboxes: OpenMailboxes;
let browser: Browser;

beforeAll(async () => {
  [mailboxes, browser] = await Promise.all([OpenMailboxes.boot(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await mailboxes?.stop();
});

async function timesLeft(subject: string): Promise<number> {
  await waitFor(`“${subject}” outside`, async () => (await mailboxes.left(subject)).length > 0);
  return (await mailboxes.left(subject)).length;
}

async function writesTo(visitor: Visitor, subject: string): Promise<void> {
  const composer = await new Portal(visitor).write();
  await composer.addressTo(MONA);
  await composer.entitle(subject);
  await composer.say('The gate opens at four.');
  await visitor.page.getByRole('button', { name: 'Send', exact: true }).click();
  await visitor.page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** The page and its files are on the device. */
async function keepsItself({ page }: Visitor): Promise<void> {
  await waitFor('the service worker', () =>
    page.evaluate(() => navigator.serviceWorker.controller !== null),
  );
}

/** Answers of all these procedures are on the device. */
function hasKept(page: Page, procedures: readonly string[]): Promise<boolean> {
  return page.evaluate(async (names) => {
    // Opening one that is not there would make it.
    if (!(await indexedDB.databases()).some(({ name }) => name === 'holdfast')) return false;
    const keys = await new Promise<readonly string[]>((resolve) => {
      const opening = indexedDB.open('holdfast');
      opening.addEventListener('success', () => {
        const request = opening.result.transaction('mail').objectStore('mail').getAllKeys();
        request.addEventListener('success', () => {
          opening.result.close();
          resolve(request.result.map(String));
        });
      });
    });
    return names.every((name) => keys.some((key) => key.includes(`,${name} `)));
  }, procedures);
}

test('on a device of one’s own the mailbox opens without a connection, as it was seen last', async () => {
  await mailboxes.deliver({ subject: 'Gate plan' });
  const visitor = await mailboxes.arrive(browser, PHONE, { keepsPage: true });
  const portal = new Portal(visitor);
  const { page } = visitor;
  await page.getByRole('button', { name: 'Yes, keep mail on it' }).click();
  await portal.read('Gate plan');
  await portal.backToList();
  await keepsItself(visitor);
  await waitFor('the list and the message on the phone', () =>
    hasKept(page, ['mailbox.list', 'mailbox.read']),
  );
  await page.context().setOffline(true);
  await page.goto(mailboxes.url);
  await portal.row('Gate plan').waitFor();
  await visitor.sees(/^No connection · updated /);
  await portal.read('Gate plan');
  await page.context().setOffline(false);
  await portal.backToList();
  await page.getByRole('button', { name: 'Folders' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Login').waitFor();
  expect(await hasKept(page, ['mailbox.list'])).toBe(false);
  await page.context().setOffline(true);
  await page.goto(mailboxes.url);
  await visitor.sees('No connection.');
  expect(await portal.row('Gate plan').count()).toBe(0);
  await visitor.leave();
});

test('a message sent without a connection waits on the phone, survives the page, and leaves once', async () => {
  const visitor = await mailboxes.arrive(browser, PHONE, { keepsPage: true });
  const { page } = visitor;
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  await keepsItself(visitor);
  await page.context().setOffline(true);
  await writesTo(visitor, 'Written in a tunnel');
  await visitor.sees('1 message waits to be sent');
  await page.locator('.strip').getByRole('link', { name: 'Show' }).click();
  await visitor.sees('Waits for a connection');
  await visitor.sees('Written in a tunnel');
  await page.context().setOffline(false);
  await visitor.sees('Sent. Find it in the Sent folder.');
  expect(await timesLeft('Written in a tunnel')).toBe(1);
  await visitor.leave();
});

test('the answer to Send is lost: it is asked for again, and one message leaves', async () => {
  const visitor = await mailboxes.arrive(browser, PHONE);
  const { page } = visitor;
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  let lost = 0;
  await page.route(/\/trpc\/[^?]*mailbox\.send/, async (route) => {
    if (lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort('connectionreset');
  });
  await writesTo(visitor, 'Answered into the void');
  await visitor.sees('Sent. Find it in the Sent folder.');
  expect(lost).toBe(1);
  expect(await timesLeft('Answered into the void')).toBe(1);
  await visitor.leave();
});

test('a device without room says so, and what is sent leaves all the same, once', async () => {
  const visitor = await mailboxes.arrive(browser, PHONE, { keepsPage: true });
  const { page } = visitor;
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  await keepsItself(visitor);
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(mailboxes.url);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await page.context().setOffline(true);
  await writesTo(visitor, 'No room for this');
  await page.locator('.strip').getByRole('link', { name: 'Show' }).click();
  await visitor.sees('There is no room left on this device.');
  await visitor.sees('No room for this');
  await page.context().setOffline(false);
  await visitor.sees('Sent. Find it in the Sent folder.');
  expect(await timesLeft('No room for this')).toBe(1);
  await visitor.leave();
});

test('a phone that asks for it is told of new mail, without a word of it, and opens the mailbox', async () => {
  const visitor = await mailboxes.arrive(browser, PHONE, { keepsPage: true, path: null });
  const { simulatorUrl } = mailboxes.product.facts;
  const phone = await PushPhone.make(visitor, mailboxes.url, `${simulatorUrl}/push/phone`);
  const { page } = visitor;
  await page.goto(`${mailboxes.url}/account`);
  const wish = page.getByLabel('Tell me on this device when new mail comes');
  await wish.waitFor();
  await keepsItself(visitor);
  await expectAccessible(visitor, 'account, not told of new mail');
  // Ticked once the server knows the device.
  await wish.click();
  await page.getByRole('checkbox', { checked: true, disabled: false }).and(wish).waitFor();
  await expectAccessible(visitor, 'account, told of new mail');
  expect(await mailboxes.product.world.pushes()).toEqual([]);

  await page.goto('about:blank');
  await mailboxes.deliver({ subject: 'Ferry at nine', body: 'Berth 7.' });
  const told = await waitFor('a push message', async () => {
    const all = await mailboxes.product.world.pushes();
    return all.length > 0 ? all : undefined;
  });
  expect(told).toMatchObject([{ device: 'phone', topic: 'mail', bytes: 0 }]);
  await phone.receive();
  const notices = await waitFor('a notification', async () => {
    const all = await phone.notices();
    return all.length > 0 ? all : undefined;
  });
  expect(notices).toEqual([
    { title: 'New mail in your emergency mailbox', body: 'Open it to read.' },
  ]);
  expect(await phone.tap()).toEqual(['open /']);

  await page.goto(mailboxes.url);
  const portal = new Portal(visitor);
  await portal.row('Ferry at nine').waitFor();
  // The page is open, and the stream that tells it of new mail does not get through.
  await page.route('**/stream', (route) => route.abort());
  await page.reload();
  await portal.row('Ferry at nine').waitFor();
  await mailboxes.deliver({ subject: 'Ferry at ten' });
  await phone.receive();
  await portal.row('Ferry at ten').waitFor();
  // Whoever looks at the mailbox is not asked to.
  await waitFor('no notification', async () => (await phone.notices()).length === 0);
  await visitor.leave();
});

/** Of which version the page is that is open, by all hashed files that it was made of so far. */
async function versionsIn(page: Page): Promise<readonly string[]> {
  const files = await page.evaluate(() => [
    ...[...document.querySelectorAll('script[src]')].map((each) => each.getAttribute('src') ?? ''),
    ...performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  ]);
  const hashed = files.filter((path) => path.startsWith('/assets/'));
  return [...new Set(hashed.map((path) => TwoVersions.versionOf(path)))];
}

/** Waits for the page to be drawn by that version and nothing else. */
async function isOnly(version: string, page: Page): Promise<void> {
  await waitFor(`a page of the ${version} version`, async () => {
    // While it is reloaded there is no page to ask.
    const versions = await versionsIn(page).catch((): readonly string[] => []);
    return versions.includes(version);
  });
  await page.locator('h1, h2').first().waitFor();
  expect(await versionsIn(page)).toEqual([version]);
}

test('a newer version waits until it is asked for: nothing is half of each, and what is being written stays', async () => {
  await using front = await TwoVersions.inFrontOf(mailboxes.url);
  const visitor = await mailboxes.arrive(browser, PHONE, { keepsPage: true, path: null });
  const { page } = visitor;
  await page.goto(front.url);
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  await keepsItself(visitor);
  const other = await page.context().newPage();
  await other.goto(`${front.url}/sent`);
  await other.getByRole('heading', { level: 1, name: 'Sent' }).waitFor();
  const composer = await new Portal(visitor).write();
  await composer.entitle('Half a letter');
  await composer.say('The ferry leaves at');

  front.update();
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await other.getByText('There is a newer version.').first().waitFor();
  // Parts that were never opened are not on the server any more, and are there all the same.
  await other.getByRole('link', { name: 'Search' }).first().click();
  await other.getByRole('searchbox').waitFor();
  expect([await versionsIn(page), await versionsIn(other)]).toEqual([['older'], ['older']]);

  // Nobody is interrupted who writes: they are told when they have put the pen down.
  await composer.say('Wait:');
  await composer.press('Close. The draft is kept.');
  await visitor.sees('There is a newer version. What you have written stays.');
  await page.getByRole('button', { name: 'Reload' }).first().click();
  await isOnly('newer', page);
  await page.getByRole('link', { name: 'Continue', exact: true }).click();
  expect(await (await Composer.opened(visitor)).words()).toContain('Wait:\nThe ferry leaves at');
  // The other tab stays as it is, whole, until its reader wants it.
  const places = other.getByRole('navigation', { name: 'Emergency mailbox' });
  await places.getByRole('link', { name: 'People' }).click();
  await other.getByRole('heading', { level: 1, name: 'People' }).waitFor();
  expect(await versionsIn(other)).toEqual(['older']);
  await other.getByRole('button', { name: 'Reload' }).first().click();
  await isOnly('newer', other);
  await page.context().setOffline(true);
  await other.reload();
  await isOnly('newer', other);
  await visitor.leave();
});

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DESK, launchChromium, PHONE, type Visitor } from './src/browser.ts';
import { makeInboxEndless } from './src/endless-mailbox.ts';
import { coloursBehindRows, fling } from './src/fling.ts';
import { hasFocus } from './src/keyboard.ts';
import { newMessageId } from './src/mail.ts';
import { ADELE, MONA, OpenMailboxes } from './src/open-mailbox.ts';
import { waitFor } from './src/wait-for.ts';
import { listFolder } from './src/web-client.ts';

let mailboxes: OpenMailboxes;
let browser: Browser;

beforeAll(async () => {
  mailboxes = await OpenMailboxes.boot();
  browser = await launchChromium();
}, 150_000);
afterAll(async () => {
  await browser?.close();
  await mailboxes?.stop();
}, 60_000);

/** What the search answers, as far as it is looked at here. */
interface MailboxFound {
  readonly rows: readonly unknown[];
}

const row = (visitor: Visitor, subject: string) =>
  visitor.page.locator('.row', { has: visitor.page.getByText(subject, { exact: true }) });

/** Subjects of a folder, as the server has them. */
async function has(folder: string, subject: string): Promise<void> {
  const client = await mailboxes.client();
  await waitFor(`“${subject}” in ${folder}`, async () =>
    (await listFolder(client, folder)).some((each) => each.subject === subject),
  );
}

async function answer(subject: string, to: string): Promise<void> {
  const raw = [
    `From: Mona Kane <${MONA}>`,
    `To: ${ADELE}`,
    `Subject: ${subject}`,
    `Message-ID: ${newMessageId()}`,
    `In-Reply-To: ${to}`,
    `References: ${to}`,
    `Date: ${new Date().toUTCString()}`,
    '',
    'One more thing about page four.',
  ].join('\r\n');
  await mailboxes.deliver({ subject, raw });
}

/** The tools of a list come after the list. */
async function toolsOf(visitor: Visitor): Promise<void> {
  await visitor.page.locator('#messages[data-tools]').waitFor();
}

/** Taps with nothing drawn in between, as they reach a page that is busy. */
async function tapAtOnce(visitor: Visitor, targets: readonly Locator[]): Promise<void> {
  const elements = await Promise.all(targets.map((target) => target.elementHandle()));
  await visitor.page.evaluate(async (tapped) => {
    for (const element of tapped) {
      if (element instanceof HTMLElement) element.click();
      // The next event is a task of its own, and does not wait for a frame.
      const { port1, port2 } = new MessageChannel();
      const next = new Promise((resolve) => port1.addEventListener('message', resolve));
      port1.start();
      port2.postMessage(null);
      await next;
      port1.close();
    }
  }, elements);
}

/** A finger that moves across a row, as the browser gets it from the glass. */
async function swipe(visitor: Visitor, subject: string, by: number): Promise<void> {
  const box = await row(visitor, subject).boundingBox();
  if (box === null) throw new Error(`“${subject}” is not on the screen`);
  const touch = await visitor.page.context().newCDPSession(visitor.page);
  const y = box.y + box.height / 2;
  const start = box.x + (by > 0 ? 60 : box.width - 60);
  const send = (type: string, x: number) =>
    touch.send('Input.dispatchTouchEvent', {
      type: type as 'touchStart',
      touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
    });
  // In one go: a finger does not wait for the answer to each move, and one that stays means something else.
  await Promise.all([
    send('touchStart', start),
    ...Array.from({ length: 8 }, (_, step) => send('touchMove', start + (by * (step + 1)) / 8)),
    send('touchEnd', start + by),
  ]);
  await touch.detach();
}

describe('a list on a phone', () => {
  test('rows are swiped away and come back by Undo, and boxes do the same without a gesture', async () => {
    await mailboxes.deliver({ subject: 'To be archived' });
    await mailboxes.deliver({ subject: 'To be deleted' });
    const visitor = await mailboxes.arrive(browser, PHONE);
    await row(visitor, 'To be deleted').waitFor();
    await toolsOf(visitor);
    await swipe(visitor, 'To be archived', 200);
    await visitor.sees('Archived');
    const undo = visitor.page.getByRole('button', { name: 'Undo' });
    // Under the pointer it stays.
    await undo.hover();
    await has('archive', 'To be archived');
    await undo.click();
    await row(visitor, 'To be archived').waitFor();
    await has('inbox', 'To be archived');

    await swipe(visitor, 'To be deleted', -200);
    await undo.hover();
    await has('deleted', 'To be deleted');
    await undo.click();
    await has('inbox', 'To be deleted');

    await tapAtOnce(visitor, [
      visitor.page.getByRole('button', { name: 'Select messages' }),
      row(visitor, 'To be archived').getByRole('link'),
      row(visitor, 'To be deleted').getByRole('link'),
    ]);
    await visitor.sees('2 selected');
    await visitor.page.getByRole('button', { name: 'Junk', exact: true }).click();
    await visitor.sees('2 moved to Junk');
    await has('junk', 'To be archived');
    await has('junk', 'To be deleted');
    expect(visitor.takeFaults()).toEqual([]);
    await visitor.leave();
  });

  test('a finger that stays selects, what is tapped right behind it too, and one that pulls looks for new mail', async () => {
    await mailboxes.deliver({ subject: 'Tapped right behind it' });
    await mailboxes.deliver({ subject: 'Held for long' });
    const visitor = await mailboxes.arrive(browser, PHONE);
    await toolsOf(visitor);
    const box = await row(visitor, 'Held for long').boundingBox();
    const [x, y] = [195, (box?.y ?? 0) + 40];
    const touch = await visitor.page.context().newCDPSession(visitor.page);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await visitor.sees('1 selected');
    const behind = row(visitor, 'Tapped right behind it').getByRole('link');
    await behind.evaluate((link: HTMLElement) =>
      addEventListener('touchend', () => link.click(), { once: true }),
    );
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await visitor.sees('2 selected');
    await visitor.page.getByRole('button', { name: 'Stop selecting' }).click();

    const send = (type: 'touchStart' | 'touchMove', down: number) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y: y + down }] });
    await Promise.all([
      send('touchStart', 0),
      ...[30, 90, 150, 220].map((down) => send('touchMove', down)),
    ]);
    await visitor.sees('Let go to look for new mail');
    const looked = visitor.page.waitForResponse((response) =>
      response.url().includes('mailbox.list'),
    );
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await looked;
    expect(visitor.takeFaults()).toEqual([]);
    await visitor.leave();
  });

  test('answers are one row with what they answer, opened as a whole, and can be listed one by one', async () => {
    const first = await mailboxes.deliver({ subject: 'Plans for spring' });
    await answer('Re: Plans for spring', first);
    const visitor = await mailboxes.arrive(browser, PHONE);
    await row(visitor, 'Re: Plans for spring').waitFor();
    expect(await row(visitor, 'Plans for spring').count()).toBe(0);
    await row(visitor, 'Re: Plans for spring').click();
    await visitor.page.getByText('1 more in this conversation').click();
    await visitor.page.locator('.conversation li a').first().click();
    await visitor.page.getByRole('heading', { name: 'Plans for spring', exact: true }).waitFor();

    await visitor.page.getByRole('button', { name: 'Back to Inbox' }).click();
    await visitor.page.getByRole('button', { name: 'Folders' }).click();
    await visitor.page.getByLabel('Group messages as conversations').uncheck();
    await visitor.page.keyboard.press('Escape');
    await row(visitor, 'Plans for spring').waitFor();
    expect(visitor.takeFaults()).toEqual([]);
    await visitor.leave();
  });

  test('a search is typed, found with its hits marked, and says what it did not understand', async () => {
    await mailboxes.deliver({ subject: 'Überweisung to 東京会議室', body: 'the zebra crossing' });
    const visitor = await mailboxes.arrive(browser, PHONE);
    await visitor.page.getByRole('link', { name: 'Search' }).click();
    const field = visitor.page.getByRole('searchbox');
    // Somebody who pauses behind a space goes on behind it.
    await field.pressSequentially('uberweis ');
    await visitor.page.waitForURL(/[?&]q=uberweis$/);
    await field.pressSequentially('from:mona label:x');
    expect(await field.inputValue()).toBe('uberweis from:mona label:x');
    await visitor.sees('Not understood, searched as words: “label:x”');
    const query = 'uberweis "東京会議" is:unread';
    const client = await mailboxes.client();
    // The index follows the mail by seconds.
    await waitFor('the message in the search', async () => {
      const found = await client.query<MailboxFound>('mailbox.search', { query });
      return found.rows.length === 1;
    });
    await field.fill(query);
    await row(visitor, 'Überweisung to 東京会議室').waitFor();
    await expect
      .poll(() => visitor.page.locator('mark').allTextContents())
      .toContain('Überweisung');
    expect(visitor.takeFaults()).toEqual([]);
    await visitor.leave();
  });
});

test('on a desk everything is done by the keyboard, and taken back by z', async () => {
  await mailboxes.deliver({ subject: 'Of the keyboard' });
  const visitor = await mailboxes.arrive(browser, DESK);
  const { page } = visitor;
  await row(visitor, 'Of the keyboard').getByRole('link').focus();
  await toolsOf(visitor);
  await page.keyboard.press('x');
  await visitor.sees('1 selected');
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Undo' }).hover();
  await has('archive', 'Of the keyboard');
  // The focus has gone on to the next message, and does so from a message that was open.
  const isOnRow = () =>
    page.waitForFunction(() => document.activeElement?.matches('.list-pane a.m') === true);
  await isOnRow();
  await page.keyboard.press('z');
  await has('inbox', 'Of the keyboard');
  await row(visitor, 'Of the keyboard').getByRole('link').click();
  await page.getByRole('heading', { name: 'Of the keyboard' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'message-heading');
  await page.keyboard.press('e');
  await has('archive', 'Of the keyboard');
  await isOnRow();
  await page.keyboard.press('/');
  await hasFocus(page.getByRole('searchbox'));
  expect(visitor.takeFaults()).toEqual([]);
  await visitor.leave();
});

test('letters for a message whose window is still being loaded act on no mail', async () => {
  await mailboxes.deliver({ subject: 'Of no letter' });
  const visitor = await mailboxes.arrive(browser, DESK, { path: null });
  const { page } = visitor;
  const comes = Promise.withResolvers<void>();
  await page.route(/\/assets\/composer-[^/]*\.js/, async (route) => {
    await comes.promise;
    await route.continue();
  });
  await page.goto(mailboxes.url);
  await row(visitor, 'Of no letter').getByRole('link').focus();
  await toolsOf(visitor);
  await page.keyboard.press('c');
  await page.waitForURL('**/write/*');
  await page.keyboard.type('e#x');
  comes.resolve();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await row(visitor, 'Of no letter').waitFor();
  expect(await page.getByText('1 selected').count()).toBe(0);
  await visitor.leave();
});

test('older messages that cannot be loaded are asked for again by whoever wants them, and by nobody else', async () => {
  const visitor = await mailboxes.arrive(browser, PHONE, { path: '/sent' });
  const { page } = visitor;
  await makeInboxEndless(page, 1_200);
  let asked = 0;
  let isRefused = true;
  await page.route('**/trpc/**mailbox.list**cursor**', (route) => {
    asked += 1;
    return isRefused ? route.fulfill({ status: 503, json: [] }) : route.fallback();
  });
  await page.goto(`${mailboxes.url}/inbox`);
  const scrollToEnd = () =>
    page.locator('#messages').evaluate((list) => (list.scrollTop = list.scrollHeight));
  await page.getByText('Message number 0', { exact: true }).waitFor();
  await scrollToEnd();
  await visitor.sees('Older messages could not be loaded.');
  const before = asked;
  isRefused = false;
  // A look for new mail draws the list anew, and asks for nothing else.
  const looked = page.waitForResponse((response) => response.url().includes('mailbox.list'));
  await page.getByRole('button', { name: 'Look for new mail' }).click();
  await looked;
  expect(asked).toBe(before);
  await scrollToEnd();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect
    .poll(async () => {
      await scrollToEnd();
      return page.getByText('Message number 1199', { exact: true }).isVisible();
    })
    .toBe(true);
  await visitor.leave();
});

/**
 * Four throws right after each other go faster than anybody reads: on a slow phone some frames show rows to come, by far
 * the most show messages.
 */
const MOST_AHEAD = 0.25;

async function expectFlung(page: Page, direction: 'down' | 'up'): Promise<void> {
  const { frames, ahead, distance } = await fling(page, direction);
  // Further than the finger went: it was let go in motion.
  expect(distance).toBeGreaterThan(5000);
  expect(ahead / frames).toBeLessThan(MOST_AHEAD);
}

test('a hundred thousand messages are flung through by a finger on a slow phone, never past an empty list, and kept in few elements', async () => {
  const visitor = await mailboxes.arrive(browser, PHONE, { path: '/sent' });
  const { page } = visitor;
  await makeInboxEndless(page, 100_000);
  await page.goto(`${mailboxes.url}/inbox`);
  await page.getByText('Message number 0', { exact: true }).waitFor();
  expect(await coloursBehindRows(page)).toBeGreaterThan(1);
  await expectFlung(page, 'down');

  // To the very end, as fast as pages come.
  await expect
    .poll(
      async () => {
        await page.evaluate(() => {
          const list = document.getElementById('messages');
          if (list !== null) list.scrollTop = list.scrollHeight;
        });
        return page.getByText('Message number 99999', { exact: true }).isVisible();
      },
      { timeout: 120_000, interval: 20 },
    )
    .toBe(true);
  expect(await page.locator('#messages li').count()).toBeLessThan(60);

  await expectFlung(page, 'up');

  await visitor.leave();
});

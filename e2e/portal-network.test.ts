/// <reference lib="dom" />
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { DESK, launchChromium, PHONE, Visitor } from './src/browser.ts';
import { OWN_PASSWORD } from './src/first-sign-in.ts';
import { hasFocus, tabTo } from './src/keyboard.ts';
import { readLedger } from './src/ledger.ts';
import { ADELE, MONA, OpenMailboxes } from './src/open-mailbox.ts';
import { Composer } from './src/pages/composer.ts';
import { Portal } from './src/pages/portal.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';
import { carries, readable } from './src/walk-mail.ts';
import { walkSteps } from './src/walk-steps.ts';
import { WeakPhone } from './src/weak-phone.ts';

/** Three pieces of an upload and some, whose bytes no transfer encoding leaves alone by chance. */
const PHOTO = {
  name: 'gate.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from(Array.from({ length: 700_000 }, (_, at) => (at * 31 + (at >> 5)) % 256)),
};

const LETTER = [
  `From: Mona Kane <${MONA}>`,
  `To: ${ADELE}`,
  'Subject: A letter with a link',
  'Message-ID: <timetable@fabrikam.example>',
  'MIME-Version: 1.0',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>See <a href="https://fabrikam.example/timetable">The timetable</a>.</p>',
  '',
].join('\r\n');

let mailboxes: OpenMailboxes;
let browser: Browser;
reportLogsOfFailures(() => mailboxes?.product);

beforeAll(async () => {
  [mailboxes, browser] = await Promise.all([OpenMailboxes.boot(), launchChromium()]);
  await mailboxes.deliver({ subject: 'Gate 4 is closed', body: 'Please take gate 6.' });
  await mailboxes.deliver({ subject: 'Delivery on Thursday', body: 'Confirmed for 08:30.' });
  await mailboxes.deliver({ subject: 'A letter with a link', raw: LETTER });
});
afterAll(async () => {
  await browser?.close();
  await mailboxes?.stop();
});

describe('the portal on a phone over slow 4G that is cut', () => {
  const visitors = new Set<Visitor>();
  const step = walkSteps(visitors);
  let phone: WeakPhone;
  let person: Portal;
  /** Messages that people have sent so far, as the gateway has accepted them. */
  const accepted = async (): Promise<number> =>
    (await readLedger(mailboxes.product)).outbound.accepted;
  let before = 0;
  let sent = 0;

  /** What leaves has left once, and the gateway has taken nothing else. */
  const expectSentOnce = async (subject: string) => {
    const [message, ...more] = await waitFor(`“${subject}” outside`, async () => {
      const all = await mailboxes.left(subject);
      return all.length > 0 && all;
    });
    sent += 1;
    expect(more).toEqual([]);
    expect(await accepted()).toBe(before + sent);
    if (message === undefined) throw new Error(`“${subject}” has not left.`);
    return message;
  };
  /** The browser logs each request that a cut has ended. */
  const takeCuts = (): void => {
    const faults = phone.visitor.takeFaults();
    expect(faults.filter((fault) => !fault.includes('net::ERR_'))).toEqual([]);
  };
  const write = async (subject: string, words: string): Promise<Composer> => {
    const letter = await person.write();
    await letter.addressTo(MONA);
    await letter.entitle(subject);
    await letter.say(words);
    return letter;
  };

  step('the inbox opens', async () => {
    const visitor = await mailboxes.arrive(browser, PHONE, { path: null });
    visitors.add(visitor);
    phone = await WeakPhone.make(visitor);
    person = new Portal(visitor);
    await visitor.page.goto(mailboxes.url);
    await person.row('Delivery on Thursday').waitFor();
    before = await accepted();
  });

  step('cut while reading: what was read stays, what was not says so and comes later', async () => {
    await person.read('Delivery on Thursday');
    await phone.visitor.sees('Confirmed for 08:30.');
    await person.backToList();
    await phone.cut();
    await person.read('Delivery on Thursday');
    await phone.visitor.sees('Confirmed for 08:30.');
    await person.backToList();
    await person.row('Gate 4 is closed').tap();
    const again = phone.visitor.page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await phone.mend();
    await again.tap();
    await phone.visitor.sees('Please take gate 6.');
    await person.backToList();
    takeCuts();
  });

  step('cut while writing: all words are there after the page was loaded anew', async () => {
    const letter = await write('Gate 6 today', 'Our lorry comes');
    await phone.cut();
    await letter.say('Dear Mona,');
    await phone.mend();
    await phone.visitor.page.reload();
    const reopened = await Composer.opened(phone.visitor);
    expect(await reopened.words()).toMatch(/^Dear Mona,\nOur lorry comes/);
    await reopened.send();
    expect(readable(await expectSentOnce('Gate 6 today'))).toContain('Dear Mona,');
    takeCuts();
  });

  step('cut while uploading: goes on where it was, and the file is whole', async () => {
    const letter = await write('A photo of the gate', 'See the attachment.');
    await letter.choose(PHOTO);
    await letter.uploadedMoreThan(0.2);
    await phone.cut();
    await phone.mend();
    await letter.uploaded(PHOTO.name);
    await letter.send();
    const message = await expectSentOnce('A photo of the gate');
    expect(carries(message, PHOTO.buffer)).toBe(true);
    takeCuts();
  });

  step('cut before sending: it waits, says so, and leaves once', async () => {
    const letter = await write('Sent in a tunnel', 'No network here.');
    await phone.cut();
    await letter.press('Send');
    await phone.visitor.sees('Your message waits on this device');
    expect(await mailboxes.left('Sent in a tunnel')).toEqual([]);
    await phone.mend();
    await expectSentOnce('Sent in a tunnel');
    takeCuts();
  });

  step('cut while it is being sent: it leaves once, whether it had arrived or not', async () => {
    const { page } = phone.visitor;
    const letter = await write('Cut on its way', 'Half of this is in the air.');
    const onItsWay = page.waitForRequest(/\/trpc\/[^?]*mailbox\.send/);
    await letter.press('Send');
    await onItsWay;
    await phone.cut();
    await phone.mend();
    await expectSentOnce('Cut on its way');
    takeCuts();
  });

  step('cut after sending, the answer lost: it is sent once', async () => {
    const { page } = phone.visitor;
    const letter = await write('Answer lost', 'Did this arrive?');
    let lost = 0;
    await page.route(/\/trpc\/[^?]*mailbox\.send/, async (route) => {
      // The server has it; the phone never hears of that, twice.
      await route.fetch();
      lost += 1;
      if (lost <= 2) await route.abort('connectionreset');
      else await route.continue();
    });
    await letter.press('Send');
    await waitFor('answers to get lost', () => lost >= 2);
    await expectSentOnce('Answer lost');
    await page.unrouteAll({ behavior: 'wait' });
    await person.openFolder('Sent');
    await person.row('Answer lost').waitFor();
    expect(await person.row('Answer lost').count()).toBe(1);
    takeCuts();
  });
});

describe('the portal at a desk, with the keyboard alone', () => {
  const visitors = new Set<Visitor>();
  const step = walkSteps(visitors);
  let visitor: Visitor;
  let person: Portal;
  const press = (...keys: readonly string[]) =>
    keys.reduce((before, key) => before.then(() => visitor.page.keyboard.press(key)), done);
  const done = Promise.resolve();

  step('signs in', async () => {
    await mailboxes.client();
    visitor = await Visitor.arrive(browser, 'person at a desk', DESK);
    visitors.add(visitor);
    person = new Portal(visitor);
    const { page } = visitor;
    await person.open(mailboxes.url);
    await tabTo(page, page.getByLabel('Login'));
    await page.keyboard.type(ADELE);
    await tabTo(page, page.getByLabel('Password', { exact: true }));
    await page.keyboard.type(OWN_PASSWORD);
    await press('Enter');
    await person.row('Gate 4 is closed').waitFor();
  });

  step('opens a message, and finds out which key does what', async () => {
    const { page } = visitor;
    const row = person.row('Gate 4 is closed');
    await waitFor('the row, going down by j', async () => {
      await press('j');
      return row.evaluate((element) => element.contains(document.activeElement));
    });
    await press('o');
    const heading = page.getByRole('article').getByRole('heading', { level: 1 });
    // Reading begins there, and goes on there.
    const isThere = () => heading.evaluate((element) => element === document.activeElement);
    await waitFor('the focus on the heading', isThere);
    await press('?');
    await page.getByRole('dialog').getByText('Next message').waitFor();
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await waitFor('the focus on the heading again', isThere);
  });

  step('goes to every part of the page by Tab, and sees where', async () => {
    const { page } = visitor;
    await tabTo(page, page.getByRole('button', { name: 'Reply', exact: true }));
    await tabTo(page, page.getByRole('button', { name: 'Write', exact: true }));
    await tabTo(page, page.getByRole('navigation', { name: 'Folders' }).getByText('People'));
  });

  step('goes into a letter in HTML, to its link, and out again', async () => {
    const { page } = visitor;
    const heading = person.heading('A letter with a link');
    // With a message open, j and k open the next and the one before.
    await waitFor('the letter, going up by k', async () => {
      await press('k');
      return (await heading.count()) > 0;
    });
    await hasFocus(heading);
    await tabTo(
      page,
      page.frameLocator('iframe.letter').getByRole('link', { name: 'The timetable' }),
    );
    await tabTo(page, page.getByRole('button', { name: 'Reply', exact: true }));
  });

  step('writes, and sends with Ctrl and Enter', async () => {
    const { page } = visitor;
    await press('c');
    await Composer.opened(visitor);
    const to = page.getByRole('combobox', { name: 'To' });
    await hasFocus(to);
    await page.keyboard.type(MONA);
    await press('Enter');
    await tabTo(page, page.getByLabel('Subject'));
    await page.keyboard.type('By keyboard');
    await tabTo(page, page.getByLabel('Message', { exact: true }));
    await page.keyboard.type('Not one click.');
    await press('Control+Enter');
    const message = await waitFor('the message outside', async () =>
      (await mailboxes.left('By keyboard')).at(0),
    );
    expect(readable(message)).toContain('Not one click.');
  });

  step('searches', async () => {
    await press('/');
    const field = visitor.page.getByRole('searchbox');
    await hasFocus(field);
    await visitor.page.keyboard.type('gate 6');
    await press('Enter');
    await visitor.page.getByText('Gate 4 is closed').first().waitFor();
  });
});

/// <reference lib="dom" />
/**
 * Takes the two pictures of the README anew from a demo that it boots for itself:
 *
 *   npx turbo run build && node e2e/src/readme-pictures.ts
 *
 * Writes `docs/images/console-users.png` and `docs/images/portal-inbox.png`.
 */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { DESK, launchChromium, PHONE, Visitor } from './browser.ts';
import { settledLedger } from './ledger.ts';
import { sendMail, smallMessage } from './mail.ts';
import { Console } from './pages/console.ts';
import { Portal } from './pages/portal.ts';
import { bootProduct, type Product } from './product.ts';
import { waitFor } from './wait-for.ts';
import { findIn } from './walk-mail.ts';

const IMAGES = join(import.meta.dirname, '..', '..', 'docs', 'images');
/** A README is read on slow lines, too. Bytes. */
const LARGEST = 300_000;
/** Older messages that fit on the picture. */
const READ = 5;
const PERSON = 'adele.vance@contoso.example';
/** What comes in after the outage began. */
const UNREAD = [
  [
    'Mona Kane <mona.kane@fabrikam.example>',
    'Gate 4 is closed today',
    'Please send the lorry to gate 6 instead.',
  ],
  [
    'Tom Brandt <tom.brandt@fabrikam.example>',
    'Re: Autumn order',
    'Agreed, 40 pallets. The papers follow this afternoon.',
  ],
  [
    'Mona Kane <mona.kane@fabrikam.example>',
    'One more pallet',
    'It did not fit the first time. Can you take it on Friday?',
  ],
] as const;

await using product = await bootProduct({ installed: true });
// The thirty days of mail go through ingest like any other.
await settledLedger(product);
const browser = await launchChromium();
try {
  await mkdir(IMAGES, { recursive: true });
  await pictureOfUsers(browser, product);
  await pictureOfInbox(browser, product);
} finally {
  await browser.close();
}

async function pictureOfUsers(chromium: Browser, { facts }: Product): Promise<void> {
  const visitor = await Visitor.arrive(chromium, 'administrator', DESK);
  const admin = new Console(visitor);
  await admin.open(facts);
  await admin.signIn(facts.adminEmail, facts.adminPassword);
  await admin.goTo('Users');
  await visitor.sees('reachable today');
  await visitor.page.locator('tr[data-row]').nth(8).waitFor();
  await save(visitor, 'console-users.png');
}

async function pictureOfInbox(chromium: Browser, running: Product): Promise<void> {
  const { facts, world } = running;
  await world.outage('transport');
  const event = ['event', 'start', '--scope', 'all', '--reason', 'Office 365 accepts no mail'];
  const started = await running.holdfast(...event, '--yes');
  if (started.exit !== 0) throw new Error(`The event did not start: ${started.stderr}`);
  for (const [from, subject, body] of UNREAD) {
    const raw = smallMessage({ from, to: PERSON, subject, body });
    const sender = findIn(from, /<(.*)>/);
    const answer = await sendMail({ port: facts.mxPort, from: sender, to: PERSON, raw });
    if (answer.code !== 250) throw new Error(answer.reply);
  }
  const notice = await waitFor('the notice', async () =>
    (await world.sms()).find(({ text }) => text.includes(`Login: ${PERSON}`)),
  );
  const visitor = await Visitor.arrive(chromium, 'person', PHONE, { sharpness: 2 });
  const portal = new Portal(visitor);
  await portal.open(facts.portalUrl);
  await portal.signIn(PERSON, findIn(notice.text, /Password: (\S+)/));
  await portal.choosePassword('rain on the harbour wall');
  await portal.row('One more pallet').waitFor();
  await portal.row('Gate 4 is closed today').waitFor();
  await visitor.page.getByRole('button', { name: 'Yes, keep mail on it' }).click();
  await readOlder(visitor, portal);
  await save(visitor, 'portal-inbox.png');
}

/** What came before the outage was read long ago. The list draws its rows in no order of the page's source. */
async function readOlder({ page }: Visitor, portal: Portal): Promise<void> {
  const rows = await page
    .locator('.list-pane a.m')
    .evaluateAll((links) =>
      links
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((link) => link.getAttribute('data-item') ?? ''),
    );
  // On top of all is the notice that a password was chosen.
  const first = UNREAD.length + 1;
  for (const item of rows.slice(first, first + READ)) {
    await page.locator(`a[data-item="${item}"]`).click();
    await page.getByRole('article').locator('.message-head').waitFor();
    await portal.backToList();
  }
  await page.locator('#messages').evaluate((list) => list.scrollTo(0, 0));
  await portal.row('One more pallet').waitFor();
}

async function save(visitor: Visitor, name: string): Promise<void> {
  const path = join(IMAGES, name);
  await visitor.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = await stat(path);
  if (size > LARGEST) throw new Error(`${name} has ${size} bytes; at most ${LARGEST} are wanted.`);
  console.log(`${path}: ${size} bytes`);
}

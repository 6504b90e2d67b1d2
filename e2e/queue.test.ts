import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectAccessible } from './src/axe.ts';
import { DESK, launchChromium, PHONE, Visitor } from './src/browser.ts';
import type { QueueRow, TraceRow } from './src/command-answers.ts';
import { BLOCKED_SENDER, putFilterInFront, sendThroughFilter } from './src/filter-in-front.ts';
import { installEverywhere } from './src/install.ts';
import { settledLedger } from './src/ledger.ts';
import { sendMail, smallMessage } from './src/mail.ts';
import { Console } from './src/pages/console.ts';
import { DeliveryList, TracePage } from './src/pages/mail-flow-pages.ts';
import { bootProduct, type Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';
import { walkSteps } from './src/walk-steps.ts';
import { WebClient } from './src/web-client.ts';

const SENDER = 'mona.kane@fabrikam.example';
const ADELE = 'adele.vance@contoso.example';
const LEE = 'lee.gu@contoso.example';
/** Attempts without success after which a host is left alone. */
const FAILURES_TO_OPEN = 3;
const REASON = 'A mail loop of a printer';

let product: Product;
let browser: Browser;
reportLogsOfFailures(() => product);

beforeAll(async () => {
  [product, browser] = await Promise.all([bootProduct(), launchChromium()]);
  await installEverywhere(product);
  const { adminUrl, adminEmail: email, adminPassword: password } = product.facts;
  const client = new WebClient(adminUrl);
  await client.mutate('session.signIn', { email, password });
  await putFilterInFront(client);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe.each([
  { name: 'at 1440 px', screen: DESK, walk: 1 },
  { name: 'on a phone', screen: PHONE, walk: 2 },
])('queue, quarantine and trace $name', ({ screen, walk }) => {
  let admin: Console;
  const visitors = new Set<Visitor>();
  const step = walkSteps(visitors);
  const THURSDAY = `Delivery on Thursday ${walk}`;
  const PRINTER = `Printer status 4711 ${walk}`;
  const FORTUNE = `Win a fortune ${walk}`;

  const mailIn = async (to: string, subject: string): Promise<void> => {
    const { mxPort: port } = product.facts;
    const raw = smallMessage({ from: SENDER, to, subject });
    expect((await sendMail({ port, from: SENDER, to, raw })).code).toBe(250);
  };
  const mailbox = async (address: string, subject: string) =>
    waitFor(`“${subject}” in the mailbox of ${address}`, async () =>
      (await product.world.mailbox(address)).find((message) => message.subject === subject),
    );

  /** What is on its way is not held; behind an open breaker nothing is, but for a probe now and then. */
  const untilBreakerIsOpen = (): Promise<boolean> =>
    waitFor('the breaker to be open', async () => {
      const rows = (await product.holdfast('queue', '--json')).json as readonly QueueRow[];
      const attempts = rows.reduce((sum, row) => sum + row.attempts, 0);
      return attempts >= FAILURES_TO_OPEN && rows.every(({ state }) => state !== 'leased');
    });

  step('the administrator signs in', async () => {
    const visitor = await Visitor.arrive(browser, 'administrator', screen);
    visitors.add(visitor);
    admin = new Console(visitor);
    await admin.open(product.facts);
    await admin.signIn(product.facts.adminEmail, product.facts.adminPassword);
    await visitor.sees('Is mail flowing?');
  });

  step('an empty queue and an empty quarantine teach what will be there', async () => {
    await admin.goTo('Queue');
    await admin.visitor.sees('The queue is empty');
    await expectAccessible(admin.visitor, 'queue: empty');
    await admin.goTo('Quarantine');
    await admin.visitor.sees('Nothing is in quarantine');
    await expectAccessible(admin.visitor, 'quarantine: empty');
  });

  step('mail that waits says where it is, and why', async () => {
    await product.world.outage('transport', ['451 4.3.2 Service not available']);
    await mailIn(ADELE, THURSDAY);
    await mailIn(LEE, PRINTER);
    await admin.goTo('Queue');
    const list = new DeliveryList(admin.visitor, 'queue');
    await list.waitForState(THURSDAY, /Deferred/);
    await list.waitForState(PRINTER, /Front end not available/);
    await expectAccessible(admin.visitor, 'queue: two wait');
  });

  step('one is found, held, and says who holds it', async () => {
    const list = new DeliveryList(admin.visitor, 'queue');
    await list.find('lee.gu');
    await list.waitUntilGone(THURSDAY);
    await untilBreakerIsOpen();
    await list.tick(PRINTER);
    await list.ask('Hold');
    await expectAccessible(admin.visitor, 'queue: asked before holding');
    await list.dialog().getByRole('button', { name: 'Hold 1 delivery' }).click();
    await list.waitForState(PRINTER, /Held by a person/);
    const held = (await product.holdfast('queue', '--state', 'held', '--json')).json;
    expect((held as readonly QueueRow[]).map(({ recipient }) => recipient)).toEqual([LEE]);
  });

  step('its page shows every step, and discards it with a reason', async () => {
    const list = new DeliveryList(admin.visitor, 'queue');
    const page = await list.open(PRINTER);
    const timeline = page.timeline(LEE);
    await timeline.getByText('Attempt 1', { exact: true }).waitFor();
    await timeline.getByText('451 4.3.2 Service not available').first().waitFor();
    await expectAccessible(admin.visitor, 'message: held');
    await page.discard(REASON);
    await timeline.getByText(REASON).waitFor();
    await expectAccessible(admin.visitor, 'message: discarded');
    await page.back();
  });

  step('mail in quarantine reaches nobody until it is released', async () => {
    await sendThroughFilter(product, ADELE, FORTUNE);
    await admin.goTo('Quarantine');
    const list = new DeliveryList(admin.visitor, 'quarantine');
    await list.waitForState(FORTUNE, /Sender on the block list/);
    await expectAccessible(admin.visitor, 'quarantine: one');
    await list.tick(FORTUNE);
    await list.command('Release', /Release 1 delivery from quarantine/);
    await list.waitUntilGone(FORTUNE);
  });

  step('what was deferred goes when it is tried now, and what was released with it', async () => {
    await product.world.outage('none');
    await admin.goTo('Queue');
    const list = new DeliveryList(admin.visitor, 'queue');
    // It may have gone by itself in the meantime: the breaker probes.
    const retried = await product.holdfast('queue', 'retry', '--all', '--yes', '--json');
    expect([0, 65, 66]).toContain(retried.exit);
    await mailbox(ADELE, THURSDAY);
    await mailbox(ADELE, FORTUNE);
    await list.waitUntilGone(THURSDAY);
  });

  step('the trace finds each of them, with what became of it', async () => {
    await admin.goTo('Trace');
    const trace = new TracePage(admin.visitor);
    await trace.search({ Sender: SENDER, Subject: 'printer' });
    await trace.row(PRINTER).filter({ hasText: 'Discarded' }).waitFor();
    await expectAccessible(admin.visitor, 'trace: one found');
    const { page } = admin.visitor;
    const comes = Promise.withResolvers<void>();
    await page.route(/mailFlow\.trace\b/, async (route) => {
      await comes.promise;
      await route.continue();
    });
    await trace.search({ Sender: BLOCKED_SENDER, Subject: '' });
    await page.locator('.surface[aria-busy=true]').waitFor();
    await expectAccessible(admin.visitor, 'trace: the next answer on its way');
    comes.resolve();
    await trace.row(FORTUNE).filter({ hasText: 'Delivered' }).waitFor();
    await page.unroute(/mailFlow\.trace\b/);
    await trace.search({ Sender: 'nobody@nowhere.example' });
    await admin.visitor.sees('No message matches');
    await expectAccessible(admin.visitor, 'trace: nothing found');
  });

  step('ledger and commands say the same', async () => {
    const ledger = await settledLedger(product);
    expect(ledger).toMatchObject({ balanced: true, terminal: { discarded: walk } });
    const traced = await product.holdfast('trace', '--subject', PRINTER.toUpperCase(), '--json');
    const [row] = traced.json as readonly (TraceRow & { readonly id: string })[];
    expect(row).toMatchObject({ recipient: LEE, state: 'discarded' });
    expect(row?.reply).toContain(REASON);
    const inspected = await product.holdfast('queue', 'inspect', row?.id ?? '', '--json');
    expect(inspected.json).toMatchObject({
      envelope: { from: SENDER, client: { helo: 'mail.fabrikam.example' } },
      recipients: [{ actions: [{ command: 'hold' }, { command: 'discard', reason: REASON }] }],
    });
    const refused = await product.holdfast('queue', 'release', row?.id ?? '', '--json');
    expect(refused.exit).toBe(65);
    expect((await product.holdfast('queue', 'discard', row?.id ?? '')).exit).toBe(64);
    expect((await product.holdfast('quarantine', 'list', '--json')).json).toEqual([]);
  });
});

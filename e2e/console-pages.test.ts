import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { expectAccessible } from './src/axe.ts';
import { DESK, launchChromium, PHONE, Visitor } from './src/browser.ts';
import { Console } from './src/pages/console.ts';
import { bootInstalled } from './src/prepared-demo.ts';
import type { Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { walkSteps } from './src/walk-steps.ts';

/** Pages beside the walk's way, by their address, and words that only the finished page has. */
const PAGES = [
  ['/domains', 'MX points here'],
  ['/domains/card', 'Switch the lock-down off first'],
  ['/uninstall', 'MX of contoso.example points here'],
  ['/security', 'How a message is judged'],
  ['/security/office365', 'What was read'],
  ['/health', 'By source'],
  ['/continuity', 'Who filters'],
] as const;
const CUT_OVER = '/domains/contoso.example/cut-over';

let product: Product;
let browser: Browser;
reportLogsOfFailures(() => product);

beforeAll(async () => {
  [product, browser] = await Promise.all([bootInstalled(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe.each([
  ['at a desk', DESK, 'Start the cut-over'],
  // Begun at the desk.
  ['on a phone', PHONE, 'Check again'],
] as const)('the console’s pages %s', (_where, screen, look) => {
  const visitors = new Set<Visitor>();
  const step = walkSteps(visitors);
  let admin: Console;

  const open = (path: string) => admin.visitor.page.goto(`${product.facts.adminUrl}${path}`);

  step('the administrator signs in', async () => {
    const visitor = await Visitor.arrive(browser, 'administrator', screen);
    visitors.add(visitor);
    admin = new Console(visitor);
    await admin.open(product.facts);
    await admin.signIn(product.facts.adminEmail, product.facts.adminPassword);
    await visitor.sees('Is mail flowing?');
  });

  for (const [path, words] of PAGES) {
    step(`${path} has nothing that axe objects to, in light and dark`, async () => {
      await open(path);
      await admin.visitor.sees(words);
      await expectAccessible(admin.visitor, path);
    });
  }

  step('a cut-over is measured and shows its steps', async () => {
    await open(CUT_OVER);
    const { visitor } = admin;
    const button = (name: string) => visitor.page.getByRole('button', { name, exact: true });
    await button(look).waitFor();
    await expectAccessible(visitor, `cut-over: ${look}`);
    await button(look).click();
    await visitor.sees('Lower the TTL of the MX records');
    // MX points here already: what is left is what was not tried yet.
    await visitor.sees('Through us');
    await visitor.sees('None was sent yet.');
    await expectAccessible(visitor, 'cut-over: its steps');
  });

  step('the card is printed without what is round it', async () => {
    await open('/domains/card');
    const { page } = admin.visitor;
    await admin.visitor.sees('Switch the lock-down off first');
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('navigation', { name: 'Main' }).waitFor({ state: 'hidden' });
    await page.emulateMedia({ media: 'screen' });
  });
});

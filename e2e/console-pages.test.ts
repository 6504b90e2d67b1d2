import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './src/axe.ts';
import { DESK, launchChromium, PHONE, Visitor } from './src/browser.ts';
import { signInAdministrator, userIdOf } from './src/console-client.ts';
import { signInByCode } from './src/first-sign-in.ts';
import { freePorts } from './src/free-ports.ts';
import { judgeAccessibility } from './src/lighthouse.ts';
import { ADELE } from './src/open-mailbox.ts';
import { IN_A_DRILL, WITHOUT_EVENT } from './src/other-times.ts';
import { Console } from './src/pages/console.ts';
import type { PortalState } from './src/portal-states.ts';
import { expectSound, LARGE_TEXT, VIEWS } from './src/portal-views.ts';
import { bootInstalled } from './src/prepared-demo.ts';
import type { Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { walkSteps } from './src/walk-steps.ts';
import type { WebClient } from './src/web-client.ts';

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
/** Milliseconds. */
const AN_HOUR = 3_600_000;
const CUT_OVER = '/domains/contoso.example/cut-over';

let product: Product;
let browser: Browser;
let largeText: Browser;
let debuggingPort: number;
reportLogsOfFailures(() => product);

beforeAll(async () => {
  [debuggingPort = 0] = await freePorts(1);
  [product, browser, largeText] = await Promise.all([
    bootInstalled(),
    launchChromium({ debuggingPort }),
    launchChromium({ textSize: LARGE_TEXT }),
  ]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), largeText?.close()]);
  await product?.stop();
});

describe.each([
  ['at a desk', DESK, 'Start the cut-over', 'lee.gu@contoso.example'],
  // Begun at the desk.
  ['on a phone', PHONE, 'Check again', 'megan.bowen@contoso.example'],
] as const)('the console’s pages %s', (_where, screen, look, who) => {
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

  step(
    'somebody without a way in is given one by the helpdesk, and a contact is entered',
    async () => {
      const { page } = admin.visitor;
      await open('/users');
      await page.locator('tr[data-row]').filter({ hasText: who }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Make a sign-in code…' }).click();
      await dialog.getByRole('radio').first().check();
      await expectAccessible(admin.visitor, 'users: how somebody was checked');
      await dialog.getByRole('button', { name: 'Make the code' }).click();
      await dialog.getByText('Read this out.').waitFor();
      await dialog.getByRole('button', { name: 'Enter a contact…' }).click();
      await expectAccessible(admin.visitor, 'users: a code, and a contact being entered');
      await dialog.getByRole('radio', { name: 'Private address' }).check();
      await dialog
        .getByRole('textbox', { name: 'Private address' })
        .fill('somewhere.else@posteo.example');
      await dialog.getByRole('button', { name: 'Enter it' }).click();
      await dialog.getByText(/^Entered by /).waitFor();
      await expectAccessible(admin.visitor, 'users: a contact that waits');
    },
  );

  step('the card is printed without what is round it', async () => {
    await open('/domains/card');
    const { page } = admin.visitor;
    await admin.visitor.sees('Switch the lock-down off first');
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('navigation', { name: 'Main' }).waitFor({ state: 'hidden' });
    await page.emulateMedia({ media: 'screen' });
  });
});

describe('the portal while there is no event', () => {
  let client: WebClient;
  const look = (states: readonly PortalState[]): void =>
    describe.each(VIEWS)('$name', (view) => {
      let visitor: Visitor;

      beforeAll(async () => {
        visitor = await Visitor.arrive(view.large ? largeText : browser, ADELE, view.screen);
        await visitor.take(product.facts.portalUrl, client.cookie);
      });
      afterAll(() => visitor?.leave());

      test.each(states)('$name', async (state) =>
        expectSound(visitor, `${product.facts.portalUrl}${state.path}`, state, view),
      );
    });

  beforeAll(async () => {
    client = await signInByCode(product.facts.portalUrl, product.world, ADELE);
  });

  look(WITHOUT_EVENT);

  test('Lighthouse gives the accessibility of the closed page all its points', async () => {
    const { portalUrl } = product.facts;
    const judged = await judgeAccessibility(`${portalUrl}/`, debuggingPort, client.cookie);
    expect(judged).toEqual({ score: 100, findings: [] });
  });

  describe('and the person practises', () => {
    beforeAll(async () => {
      const admin = await signInAdministrator(product);
      await admin.mutate('drill.start', {
        userIds: [await userIdOf(admin, ADELE)],
        reason: 'So that everybody has seen it once.',
        endsAt: new Date(Date.now() + AN_HOUR).toISOString(),
      });
    });

    look(IN_A_DRILL);
  });
});

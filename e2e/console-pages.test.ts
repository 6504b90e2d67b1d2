import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, expectFits } from './src/axe.ts';
import { DESK, launchChromium, PHONE, Visitor } from './src/browser.ts';
import { signInAdministrator, userIdOf } from './src/console-client.ts';
import { AT_THE_DOOR, SIGNED_IN } from './src/console-states.ts';
import { signInByCode } from './src/first-sign-in.ts';
import { freePorts } from './src/free-ports.ts';
import { expectGerman, GERMAN_VIEWS } from './src/german.ts';
import { judgeAccessibility } from './src/lighthouse.ts';
import { ADELE } from './src/open-mailbox.ts';
import { IN_A_DRILL, WITHOUT_EVENT } from './src/other-times.ts';
import { Console } from './src/pages/console.ts';
import { expectSound, LARGE_TEXT, VIEWS, type PageState } from './src/page-views.ts';
import { bootInstalled } from './src/prepared-demo.ts';
import type { Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { walkDrill } from './src/walk-drill.ts';
import { walkInvitation } from './src/walk-invitation.ts';
import { walkSteps } from './src/walk-steps.ts';
import type { WebClient } from './src/web-client.ts';

/** A page is narrower with text at 200 % than at a zoom of 400 %. */
const CONSOLE_VIEWS = VIEWS.filter(({ judge }) => judge !== expectFits);
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

describe.each(CONSOLE_VIEWS)('the console’s pages $name', (view) => {
  let outside: Visitor;
  let inside: Visitor;

  beforeAll(async () => {
    const chromium = view.large ? largeText : browser;
    outside = await Visitor.arrive(chromium, 'somebody', view.screen);
    inside = await Visitor.arrive(chromium, 'administrator', view.screen);
    await inside.take(product.facts.adminUrl, (await signInAdministrator(product)).cookie);
  });
  afterAll(() => Promise.all([outside?.leave(), inside?.leave()]));

  const look = (visitor: () => Visitor, states: readonly PageState[]): void =>
    test.each(states)('$name', async (state) =>
      expectSound(visitor(), `${product.facts.adminUrl}${state.path}`, state, view),
    );
  look(() => outside, AT_THE_DOOR);
  look(() => inside, SIGNED_IN);
});

describe.each([
  ['at a desk', DESK, 'Start the cut-over', 'lee.gu@contoso.example'],
  // Begun at the desk.
  ['on a phone', PHONE, 'Check again', 'megan.bowen@contoso.example'],
] as const)('what is done in the console %s', (where, screen, look, who) => {
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

  step(
    'somebody is asked to administer, accepts, sees what is theirs, and is out when removed',
    () => walkInvitation(admin.visitor, product, browser, `Auditor ${where}`),
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

describe.each(CONSOLE_VIEWS)('a drill $name', (view) => {
  const visitors = new Set<Visitor>();
  const step = walkSteps(visitors);

  step('says so on every page, sends nothing, and ends with its report', async () => {
    const chromium = view.large ? largeText : browser;
    const administrator = await Visitor.arrive(chromium, 'administrator', view.screen);
    visitors.add(administrator);
    await administrator.take(product.facts.adminUrl, (await signInAdministrator(product)).cookie);
    await walkDrill(administrator, product, chromium, view);
  });
});

describe('the portal while there is no event', () => {
  let client: WebClient;
  const look = (states: readonly PageState[]): void =>
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

  test.each(GERMAN_VIEWS)('in German $name', async (view) => {
    const { portalUrl } = product.facts;
    const visitor = await Visitor.arrive(view.large ? largeText : browser, ADELE, PHONE);
    await visitor.take(portalUrl, client.cookie);
    await visitor.page.goto(`${portalUrl}/?language=de`);
    await expectGerman(
      visitor,
      `${portalUrl}/`,
      'Ihre E-Mails sind in Office 365',
      view,
      new Set(),
    );
    await visitor.leave();
  });

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
        hours: 1,
      });
    });

    look(IN_A_DRILL);

    test.each(GERMAN_VIEWS)('in German $name', async (view) => {
      const { portalUrl } = product.facts;
      const visitor = await Visitor.arrive(view.large ? largeText : browser, ADELE, PHONE);
      await visitor.take(portalUrl, client.cookie);
      await visitor.page.goto(`${portalUrl}/?language=de`);
      await expectGerman(visitor, `${portalUrl}/`, 'ÜBUNG', view, new Set());
      await expectGerman(
        visitor,
        `${portalUrl}/event`,
        'Was nicht geschehen kann',
        view,
        new Set(),
      );
      await visitor.leave();
    });
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { expectAccessible } from './src/axe.ts';
import { DESK, launchChromium, Visitor } from './src/browser.ts';
import { ConnectionPage } from './src/pages/connection-page.ts';
import { Console } from './src/pages/console.ts';
import { bootProduct, type Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { walkSteps } from './src/walk-steps.ts';

/** An administrator admits Holdfast's application on Microsoft's page, with everything that can come back from there. */
let product: Product;
let browser: Browser;
let admin: Console;
let page: ConnectionPage;
const visitors = new Set<Visitor>();
const step = walkSteps(visitors);
reportLogsOfFailures(() => product);

beforeAll(async () => {
  [product, browser] = await Promise.all([bootProduct(), launchChromium()]);
  const visitor = await Visitor.arrive(browser, 'administrator', DESK);
  visitors.add(visitor);
  admin = new Console(visitor);
  page = new ConnectionPage(visitor);
  await admin.open(product.facts);
  await admin.signIn(product.facts.adminEmail, product.facts.adminPassword);
  await visitor.sees('Is mail flowing?');
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

step('what is connected, what is granted and what works', async () => {
  await admin.goTo('Connection');
  await admin.visitor.sees('Connected to Contoso');
  await admin.visitor.sees(/^Checked /);
  await expectAccessible(admin.visitor, 'connection: connected');
});

step('declined on Microsoft’s page: nothing has changed, and it says so', async () => {
  await page.startConsent('contoso.example');
  await expectAccessible(admin.visitor, 'connection: Microsoft’s page, simulated');
  await admin.visitor.refused(409, () => page.decide('Cancel'));
  await admin.visitor.sees(/The consent was declined/);
  expect(admin.visitor.page.url()).not.toContain('state');
  await expectAccessible(admin.visitor, 'connection: declined');
});

step('a forged tenant is not believed', async () => {
  await admin.goTo('Connection');
  await page.startConsent('contoso.example');
  await admin.visitor.refused(409, () =>
    page.decide('Send back a forged tenant, granting nothing'),
  );
  await admin.visitor.sees(/came from another tenant than contoso\.example/);
});

step(
  'accepted: the connection goes over to Holdfast’s application, for the tiers that were chosen',
  async () => {
    await admin.goTo('Connection');
    await page.startConsent('contoso.example', ['Mailbox']);
    await page.decide('Accept');
    await admin.visitor.sees('Connected to Contoso');
    await expectAccessible(admin.visitor, 'connection: back from Microsoft');
    await admin.visitor.page.getByRole('link', { name: 'To the Connection page' }).click();
    await admin.visitor.sees('Holdfast’s own, admitted by consent');
    await admin.visitor.sees(/2 more checks belong/);
    await admin.visitor.sees(/^Checked /);
    await expectAccessible(admin.visitor, 'connection: by consent');
  },
);

step('an address that nobody was sent to says where to begin', async () => {
  await admin.visitor.page.goto(`${product.facts.adminUrl}/connection/consent`);
  await admin.visitor.sees('There is no answer of Microsoft’s in this address.');
  await expectAccessible(admin.visitor, 'connection: no answer');
});

step('a certificate that is made here can be registered and connects', async () => {
  await admin.goTo('Connection');
  const certificate = await page.makeCertificate();
  const tenant = await product.world.tenant();
  await product.world.registerCertificate(tenant.clientId, certificate);
  await expectAccessible(admin.visitor, 'connection: own application');
  await page.connectOwn(tenant.clientId);
  await admin.visitor.sees(/^Certificate, until/);
});

import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { Visitor } from './browser.ts';
import { OWN_PASSWORD, signInFirst } from './first-sign-in.ts';
import { MONA } from './open-mailbox.ts';
import { lookAt, type View } from './page-views.ts';
import type { Product } from './product.ts';
import { waitFor } from './wait-for.ts';
import { WebClient } from './web-client.ts';

/** Can be reached, and has no part in anything else that the console is looked at for. */
const ALLAN = 'allan.deyoung@contoso.example';

/** A drill of one person, from the choice to the report, looked at from both sides. Leaves the administrator at the report. */
export async function walkDrill(
  administrator: Visitor,
  product: Product,
  browser: Browser,
  view: View,
): Promise<void> {
  const { page } = administrator;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const reason = `Drill ${view.name}`;
  await page.goto(`${product.facts.adminUrl}/event/drills`);
  await page.getByLabel('What it is for').fill(reason);
  await page.getByRole('checkbox', { name: /Allan Deyoung/ }).check();
  await administrator.sees('1 user takes part');
  await lookAt(administrator, 'drills: starting one', view);
  await button('Start a drill…').click();
  await lookAt(administrator, 'drills: asked before the start', view);
  const { length: toldBefore } = await product.world.sms();
  await button('Start the drill for 1 user').click();
  await administrator.sees('A drill is running until');
  await lookAt(administrator, 'drills: one is running', view);

  const participant = await practise(product, browser, view, { reason, toldBefore });
  await button('End drill…').click();
  await lookAt(administrator, 'drills: asked before the end', view);
  await button('End drill').click();
  await administrator.sees('Ended by an administrator');
  await administrator.sees('Wrote a message');
  await lookAt(administrator, 'drills: the report', view);
  // The page that was open says so by itself.
  await participant.sees('The drill is over.');
  await lookAt(participant, 'portal: after a drill', view);
  const faults = participant.takeFaults().filter((fault) => !/status of 403/.test(fault));
  expect(faults).toEqual([]);
  await participant.leave();
  const left = await product.world.external(MONA);
  expect(left.filter(({ subject }) => subject.includes(reason))).toEqual([]);
  await page.goto(`${product.facts.adminUrl}/event/drills`);
  await page.getByRole('link', { name: reason }).waitFor();
  await lookAt(administrator, 'drills: some have been', view);
}

/** Signs in with the login of the notice, or with what was chosen in an earlier drill, and writes a message. */
async function practise(
  product: Product,
  browser: Browser,
  view: View,
  { reason, toldBefore }: { readonly reason: string; readonly toldBefore: number },
): Promise<Visitor> {
  const { portalUrl } = product.facts;
  const { world } = product;
  // That an earlier drill is over may have been told only now.
  const told = await waitFor('the text message of the drill', async () =>
    (await world.sms())
      .slice(toldBefore)
      .map(({ text }) => text)
      .find((text) => text.includes(`Login: ${ALLAN}`)),
  );
  expect(told).toMatch(/^DRILL/);
  const visitor = await Visitor.arrive(browser, ALLAN, view.screen);
  await visitor.page.goto(/https?:\S+/.exec(told)?.[0] ?? portalUrl);
  await visitor.sees('You were asked to practise.');
  await lookAt(visitor, 'portal: sign-in of a drill', view);

  const device = new WebClient(portalUrl);
  const login = { login: ALLAN, password: OWN_PASSWORD };
  await device.mutate('session.signIn', login).catch(() => signInFirst(portalUrl, world, ALLAN));
  await device.mutate('session.signIn', login);
  await visitor.take(portalUrl, device.cookie);
  await visitor.page.goto(portalUrl);
  await visitor.page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  await visitor.sees('nothing that you write leaves');
  await device.mutate('mailbox.send', {
    key: crypto.randomUUID(),
    to: [MONA],
    cc: [],
    subject: reason,
    text: 'Hello',
    about: null,
    uploadIds: [],
  });
  await visitor.page.goto(`${portalUrl}/sent`);
  const row = visitor.page.getByRole('link', { name: `[DRILL] ${reason}` });
  await row.first().click();
  await visitor.sees('Drill: not sent');
  await lookAt(visitor, 'portal: a message of a drill', view);
  return visitor;
}

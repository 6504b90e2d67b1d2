import type { Browser } from 'playwright-core';
import { expectAccessible } from './axe.ts';
import { Visitor } from './browser.ts';
import type { Product } from './product.ts';
import { waitFor } from './wait-for.ts';
import { findIn, readable } from './walk-mail.ts';

/** Somebody is invited to look at everything, accepts with the link of their mail, and is removed again. */
export async function walkInvitation(
  owner: Visitor,
  product: Product,
  browser: Browser,
  name: string,
): Promise<void> {
  const { adminUrl } = product.facts;
  const address = `${name.replaceAll(' ', '.').toLowerCase()}@posteo.example`;
  const { page } = owner;
  await page.goto(`${adminUrl}/settings`);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Remove' }).click();
  await owner.refused(409, () => dialog.getByRole('button', { name: 'Remove' }).click());
  await dialog.getByText('That is the last owner.').waitFor();
  await expectAccessible(owner, 'settings: the last owner stays');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Email address').fill(address);
  await dialog.getByRole('radio', { name: /^Auditor/ }).check();
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await owner.sees(/^Invited by /);
  await expectAccessible(owner, 'settings: somebody is invited');

  const invited = await Visitor.arrive(browser, name, owner.screen);
  const mail = await waitFor('the invitation', async () =>
    (await product.world.external(address)).at(-1),
  );
  await invited.page.goto(findIn(readable(mail), /(http:\S+\/join#[\w.~-]+)/));
  await expectAccessible(invited, 'an invitation');
  await invited.page.getByLabel('Password', { exact: true }).fill('rain on the harbour wall');
  await invited.page.getByRole('button', { name: 'Accept and sign in' }).click();
  await invited.sees('Is mail flowing?');
  await expectAccessible(invited, 'overview of an auditor');
  await invited.page.goto(`${adminUrl}/settings`);
  await invited.page.getByText(address).waitFor();
  await invited.page
    .getByRole('button', { name: 'Invite somebody' })
    .waitFor({ state: 'detached' });
  await expectAccessible(invited, 'settings of an auditor');

  await page.reload();
  const row = page.getByRole('listitem').filter({ hasText: address });
  await row.getByRole('button', { name: 'Remove' }).click();
  await expectAccessible(owner, 'settings: asked before somebody is removed');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await row.waitFor({ state: 'detached' });
  await invited.page.reload();
  await invited.sees('This sign-in does not need Microsoft.');
  await invited.leave();
}

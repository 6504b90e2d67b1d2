import type { Visitor } from './browser.ts';
import type { UserRow } from './command-answers.ts';
import { signInAdministrator, userIdOf } from './console-client.ts';
import { ADELE, type OpenMailboxes } from './open-mailbox.ts';
import { InfoForm } from './pages/info-form.ts';
import type { PageState } from './page-views.ts';
import { waitFor } from './wait-for.ts';
import { readable } from './walk-mail.ts';

/** Paths of pages behind links, of people who have come differently far. */
export interface InfoLinks {
  /** Nothing was given. */
  readonly info: string;
  /** Given, and no code entered. */
  readonly waiting: string;
  readonly verified: string;
  readonly notMe: string;
  readonly disputed: string;
  readonly stop: string;
  readonly stopped: string;
}

/** Takes people through the pages behind their links, each as far as one of them shows. */
export async function makeInfoLinks(
  mailboxes: OpenMailboxes,
  visitor: Visitor,
): Promise<InfoLinks> {
  const [info, waiting, verified, leaving] = await mailboxes.infoLinks();
  if (!info || !waiting || !verified || !leaving)
    throw new Error('Fewer than four people have given no alternate info.');
  const { url } = mailboxes;
  const form = new InfoForm(visitor);
  await form.open(`${url}${waiting}`);
  await form.give({ email: 'still.waiting@posteo.example', phone: '425 555 0171', country: 'US' });
  await heading('Enter the codes')(visitor);

  const stop = await verifies(mailboxes, visitor, `${url}${verified}`, 'is.there@posteo.example');
  const stopped = await verifies(mailboxes, visitor, `${url}${leaving}`, 'leaves@posteo.example');
  await giveWord(visitor, `${url}${stopped}`);

  const users = (await mailboxes.product.holdfast('users', 'list', '--json')).json;
  const [told = '', toldToo = ''] = (users as readonly UserRow[])
    .filter(({ address, alternateInfo }) => address !== ADELE && alternateInfo === 'opened')
    .map(({ address }) => address);
  const notMe = await tellOfCode(mailboxes, told);
  const disputed = await tellOfCode(mailboxes, toldToo);
  await giveWord(visitor, `${url}${disputed}`);
  return { info, waiting, verified, notMe, disputed, stop, stopped };
}

/** Gives a private address behind the link and enters its code; the path of the link by which its messages stop. */
async function verifies(
  mailboxes: OpenMailboxes,
  visitor: Visitor,
  link: string,
  email: string,
): Promise<string> {
  const { world } = mailboxes.product;
  const form = new InfoForm(visitor);
  await form.open(link);
  await form.give({ email });
  await heading('Enter the code')(visitor);
  const code = await waitFor(`the code at ${email}`, async () => {
    const subjects = (await world.external(email)).map(({ subject }) => subject);
    return /^\d{6}/.exec(subjects.join('\n'))?.[0];
  });
  await form.enterCodes({ email: code });
  await heading(/^Thank you/)(visitor);
  return waitFor(`a link to stop messages at ${email}`, async () => {
    const mail = (await world.external(email)).map(readable).join('\n');
    return /\/stop\/[\w.~-]+/.exec(mail)?.[0];
  });
}

/** An administrator makes a sign-in code for somebody, who is told of it; the path of the *Not me* in that. */
async function tellOfCode(mailboxes: OpenMailboxes, address: string): Promise<string> {
  await makeHelpdeskCode(mailboxes, address);
  // As the demo gives them, private addresses are named like those at work.
  const email = address.replace(/@.*/, '@posteo.example');
  return waitFor(`an email to ${email} about the code`, async () => {
    const mail = (await mailboxes.product.world.external(email)).map(readable).join('\n');
    return /\/not-me\/[\w.~-]+/.exec(mail)?.[0];
  });
}

export async function makeHelpdeskCode({ product }: OpenMailboxes, address: string): Promise<void> {
  const admin = await signInAdministrator(product);
  const userId = await userIdOf(admin, address);
  await admin.mutate('users.makeSignInCode', { userId, identityCheck: 'video' });
}

/** Types the word that such a page asks for, so that no program does by itself what it is about. */
async function giveWord({ page }: Visitor, link: string): Promise<void> {
  await page.goto(link);
  const label = await page
    .locator('label')
    .filter({ hasText: /Type \S+/ })
    .innerText();
  await page.locator('input[name="word"]').fill(/Type (\w+)/.exec(label)?.[1] ?? '');
  await page.getByRole('button').last().click();
  await page.locator('input[name="word"]').waitFor({ state: 'detached' });
}

const heading =
  (name: string | RegExp) =>
  ({ page }: Visitor): Promise<void> =>
    page.getByRole('heading', { level: 1, name }).waitFor();
const REFUSED = /Failed to load resource: the server responded with a status of 4/;

/** Where there is nothing of the kind to change, the menu is shown. */
const NOT_THE_MENU = /^(?!What do you want)/;

/** Behind links, without a session. What is between colons is a path of `InfoLinks`. */
export const BEHIND_LINKS: readonly PageState[] = [
  { name: 'alternate info: form', path: ':info:', reach: heading(/.+/) },
  {
    name: 'alternate info: refused',
    path: ':info:',
    fault: REFUSED,
    async reach(visitor) {
      await new InfoForm(visitor).give({ email: 'adele.vance@contoso.example' });
      await visitor.page.locator('.error').first().waitFor();
    },
  },
  { name: 'alternate info: codes', path: ':waiting:', reach: heading('Enter the codes') },
  {
    name: 'alternate info: no code entered',
    path: ':waiting:/codes',
    fault: REFUSED,
    async reach({ page }) {
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('Enter the code that we sent you.').waitFor();
    },
  },
  { name: 'alternate info: taken back', path: ':waiting:/remove/sms', reach: heading(/^Remove/) },
  { name: 'alternate info: done', path: ':verified:', reach: heading(/^Thank you/) },
  {
    name: 'alternate info: what to change',
    path: ':verified:/change',
    reach: heading('What do you want to change?'),
  },
  {
    name: 'alternate info: another number',
    path: ':verified:/change/sms',
    reach: heading(NOT_THE_MENU),
  },
  {
    name: 'alternate info: another address',
    path: ':verified:/change/email',
    reach: heading(NOT_THE_MENU),
  },
  {
    name: 'alternate info: address removed',
    path: ':verified:/change/remove-email',
    reach: heading(NOT_THE_MENU),
  },
  {
    name: 'alternate info: preferred',
    path: ':verified:/change/prefer',
    reach: heading(NOT_THE_MENU),
  },
  {
    name: 'alternate info: link that is over',
    path: '/info/over',
    reach: heading(/.+/),
    fault: REFUSED,
  },
  { name: 'not me', path: ':notMe:', reach: heading('Was this you?') },
  { name: 'not me: taken back', path: ':disputed:', reach: heading('The change was taken back') },
  { name: 'not me: link that is over', path: '/not-me/over', reach: heading(/.+/), fault: REFUSED },
  { name: 'stop', path: ':stop:', reach: heading('No more messages?') },
  { name: 'stop: stopped', path: ':stopped:', reach: heading('You get no more messages') },
  { name: 'stop: link that is over', path: '/stop/over', reach: heading(/.+/), fault: REFUSED },
];

export function linkedPath(path: string, links: InfoLinks): string {
  return path.replace(/^:(\w+):/, (_whole, name: string) => {
    if (!isLink(name, links)) throw new Error(`There is no link ${name}.`);
    return links[name];
  });
}

function isLink(name: string, links: InfoLinks): name is keyof InfoLinks {
  return Object.hasOwn(links, name);
}

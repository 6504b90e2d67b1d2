import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectAccessible } from './src/axe.ts';
import { DESK, launchChromium, PHONE, Visitor } from './src/browser.ts';
import type { UserRow } from './src/command-answers.ts';
import { settledLedger } from './src/ledger.ts';
import { sendMail, smallMessage } from './src/mail.ts';
import { Console } from './src/pages/console.ts';
import { EventPage } from './src/pages/event-page.ts';
import { InfoForm } from './src/pages/info-form.ts';
import { Portal } from './src/pages/portal.ts';
import { ProtectWizard } from './src/pages/protect-wizard.ts';
import { UsersPage } from './src/pages/users-page.ts';
import { bootProduct, type Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';
import {
  carries,
  findIn,
  FOREIGN_HOST,
  FOREIGN_PICTURE,
  hostileLetter,
  readable,
  smallPdf,
} from './src/walk-mail.ts';
import { walkSteps } from './src/walk-steps.ts';

const ADELE = { address: 'adele.vance@contoso.example', name: 'Adele Vance' };
const MEGAN = { address: 'megan.bowen@contoso.example', name: 'Megan Bowen' };
const COLLEAGUE = { address: 'lee.gu@contoso.example', name: 'Lee Gu' };
const MONA = 'mona.kane@fabrikam.example';
const TOM = 'tom.brandt@northwind.example';
const ADELE_PRIVATE = { email: 'adele.vance@posteo.example', phone: '425 555 0109', country: 'US' };
const MEGAN_PRIVATE = { email: 'megan.bowen@posteo.example' };
const OWN_PASSWORD = 'rain on the harbour wall';
const FILE = { name: 'gate-plan.pdf', mimeType: 'application/pdf', buffer: smallPdf() };

const WALKS = [
  {
    name: 'console at 1440 px, portal on a phone',
    console: DESK,
    portal: PHONE,
    protect: 'all',
    hold: 'pointer',
  },
  {
    name: 'console on a phone, portal at 1440 px',
    console: PHONE,
    portal: DESK,
    protect: 'some',
    hold: 'keyboard',
  },
] as const;

describe.each(WALKS)('$name', (walk) => {
  let product: Product;
  let browser: Browser;
  const visitors = new Set<Visitor>();
  const step = walkSteps(visitors);
  reportLogsOfFailures(() => product);

  /** What one step leaves for the next. */
  let admin: Console;
  let person: Portal;
  let protectedCount = 0;
  const link = { adele: '', megan: '' };
  let temporaryPassword = '';
  let login = '';

  const arrive = async (...[name, screen, options]: Arrival): Promise<Visitor> => {
    const visitor = await Visitor.arrive(browser, name, screen, options);
    visitors.add(visitor);
    return visitor;
  };
  const leave = async (visitor: Visitor): Promise<void> => {
    expect(visitor.takeFaults()).toEqual([]);
    visitors.delete(visitor);
    await visitor.leave();
  };
  const userRow = async (address: string): Promise<UserRow | undefined> => {
    const rows = (await product.holdfast('users', 'list', '--json')).json as readonly UserRow[];
    return rows.find((row) => row.address === address);
  };
  const primaryState = async (): Promise<string> => {
    const { json } = await product.holdfast('status', '--json');
    return (json as { readonly primary: { readonly state: string } }).primary.state;
  };
  const mailbox = async (address: string, subject: string) =>
    waitFor(`“${subject}” in the mailbox of ${address}`, async () =>
      (await product.world.mailbox(address)).find((message) => message.subject === subject),
    );
  const outside = async (address: string, subject: RegExp) =>
    waitFor(`${String(subject)} at ${address}`, async () =>
      (await product.world.external(address)).find((message) => subject.test(message.subject)),
    );
  const sms = async (words: RegExp) =>
    waitFor(`an SMS with ${String(words)}`, async () =>
      (await product.world.sms()).find(({ text }) => words.test(text)),
    );
  const mailIn = async (subject: string, body: string): Promise<void> => {
    const raw = smallMessage({ from: MONA, to: ADELE.address, subject, body });
    const answer = await sendMail({
      port: product.facts.mxPort,
      from: MONA,
      to: ADELE.address,
      raw,
    });
    expect(answer).toMatchObject({ code: 250, refused: [] });
  };

  beforeAll(async () => {
    [product, browser] = await Promise.all([bootProduct(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  step('the administrator signs in', async () => {
    admin = new Console(await arrive('administrator', walk.console));
    await admin.open(product.facts);
    await expectAccessible(admin.visitor, 'console: sign-in');
    await admin.visitor.refused(401, async () => {
      await admin.signIn(product.facts.adminEmail, 'not the password at all');
      await admin.visitor.page.getByRole('alert').first().waitFor();
    });
    await expectAccessible(admin.visitor, 'console: sign-in refused');
    await admin.signIn(product.facts.adminEmail, product.facts.adminPassword);
    await admin.visitor.sees('Is mail flowing?');
    await expectAccessible(admin.visitor, 'console: overview before installation');
  });

  step('and walks through the wizard to the end', async () => {
    const { visitor } = admin;
    await admin.goTo('Protect users');
    await expectAccessible(visitor, 'console: not installed yet');
    const wizard = new ProtectWizard(visitor);
    await wizard.begin();
    await visitor.sees('Connected to Contoso');
    const preflight = await wizard.preflight();
    expect(preflight.length).toBeGreaterThan(4);
    // Before the installation nothing has been asked of public DNS, and no test message was sent.
    for (const check of preflight)
      expect(check).toMatch(
        /^Works|^Not checked[^]*(?:Where public MX leads|A test message comes)/,
      );
    await expectAccessible(visitor, 'wizard: connect');

    await wizard.goOn('Refresh mailboxes');
    // Long enough to be seen.
    await product.world.answerLate('/users/delta', 6_000);
    const { progress, result } = await wizard.refresh();
    expect(progress).toMatch(/Waiting to start|seen so far/);
    expect(result).toMatch(/^\+\d+ new · \d+ changed · \d+ gone$/);
    await expectAccessible(visitor, 'wizard: refreshed');

    await wizard.goOn('Who gets an emergency mailbox');
    if (walk.protect === 'all') await wizard.protectAll();
    else {
      await wizard.chooseUsers();
      for (const { address } of [ADELE, MEGAN, COLLEAGUE]) {
        await (await wizard.find(address)).getByRole('checkbox').check();
      }
      const shared = await wizard.find('sales@contoso.example');
      expect(await shared.getByRole('checkbox').isDisabled()).toBe(true);
      expect(await shared.innerText()).toContain('a shared mailbox has no person to sign in');
      const folder = await wizard.find('suggestions@contoso.example');
      expect(await folder.getByRole('checkbox').isDisabled()).toBe(true);
      expect(await folder.innerText()).toContain('Its mail still arrives');
      await visitor.sees('3 chosen');
    }
    await expectAccessible(visitor, 'wizard: choose');

    await wizard.goOn('People who join later');
    await wizard.protectNewUsers(walk.protect === 'all');
    await expectAccessible(visitor, 'wizard: new users');

    await wizard.goOn('Review and install');
    const consequences = await wizard.consequences();
    protectedCount = Number(findIn(consequences, /(\d+) users will be protected/));
    expect(protectedCount).toBeGreaterThanOrEqual(walk.protect === 'all' ? 20 : 3);
    expect(consequences).toContain('Domains: contoso.example');
    if (walk.protect === 'all') expect(consequences).toContain('addresses cannot be protected');
    await expectAccessible(visitor, 'wizard: review');

    const steps = await wizard.install();
    expect(steps).toHaveLength(2);
    for (const line of steps) expect(line).toMatch(/^Done/);
    await expectAccessible(visitor, 'wizard: installed');
    await wizard.seeUsers();
  });

  step('the users page shows who is protected, and that they were asked', async () => {
    const users = new UsersPage(admin.visitor);
    await users.find('Adele');
    await users.waitForRow(ADELE.address, /Asked, no answer/);
    expect(await users.isProtected(ADELE.name)).toBe(true);
    await users.find('');
    await users.waitForRow(COLLEAGUE.address, /Asked, no answer/);
    expect(await users.coverage()).toContain(`of ${protectedCount} reachable today`);
    await expectAccessible(admin.visitor, 'console: users');
  });

  step('the request is in the work mailbox, and its link does nothing by itself', async () => {
    const subject = 'Where can we reach you when email fails?';
    const pattern = /(http:\/\/localhost:\d+\/info\/[\w.~-]+)/;
    link.adele = findIn(readable(await mailbox(ADELE.address, subject)), pattern);
    link.megan = findIn(readable(await mailbox(MEGAN.address, subject)), pattern);
    // As mail scanners do, before the person has seen it.
    for (const method of ['GET', 'HEAD', 'GET']) {
      expect((await fetch(link.adele, { method })).status).toBe(200);
    }
    expect(await userRow(ADELE.address)).toMatchObject({ alternateInfo: 'asked' });
    expect(await product.world.sms()).toEqual([]);
  });

  step('on the phone: a work address is refused in words', async () => {
    const visitor = await arrive('person with the form', walk.portal);
    const form = new InfoForm(visitor);
    await form.open(link.adele);
    await expectAccessible(visitor, 'alternate info: form');
    await visitor.refused(422, () => form.give({ ...ADELE_PRIVATE, email: ADELE.address }));
    expect(await form.fieldError()).toMatch(/work|organisation|Contoso/i);
    await expectAccessible(visitor, 'alternate info: refused');
    expect(await userRow(ADELE.address)).toMatchObject({ alternateInfo: 'asked' });

    await form.give(ADELE_PRIVATE);
    expect(await form.heading()).toBe('Enter the codes');
    await expectAccessible(visitor, 'alternate info: codes');
    const codes = {
      sms: findIn((await sms(/code for Contoso/)).text, /^(\d{6}) /),
      email: findIn((await outside(ADELE_PRIVATE.email, /code$/)).subject, /^(\d{6}) /),
    };

    const wrong = codes.sms === '000000' ? '000001' : '000000';
    await visitor.refused(422, () => form.enterCodes({ sms: wrong }));
    expect(await form.fieldError()).toBe('That is not the code we sent. Check the digits.');
    await expectAccessible(visitor, 'alternate info: wrong code');

    await form.enterCodes(codes);
    expect(await form.heading()).toBe('Thank you. We can reach you.');
    await visitor.sees('Verified');
    await expectAccessible(visitor, 'alternate info: done');
    await leave(visitor);
  });

  step('the same form without JavaScript', async () => {
    const visitor = await arrive('person without JavaScript', walk.portal, { javaScript: false });
    const form = new InfoForm(visitor);
    await form.open(link.megan);
    await form.give(MEGAN_PRIVATE);
    expect(await form.heading()).toBe('Enter the code');
    const { subject } = await outside(MEGAN_PRIVATE.email, /code$/);
    await form.enterCodes({ email: findIn(subject, /^(\d{6}) /) });
    expect(await form.heading()).toBe('Thank you. We can reach you.');
    await leave(visitor);
  });

  step('the users page shows both as verified', async () => {
    const users = new UsersPage(admin.visitor);
    await users.waitForRow(ADELE.address, /Verified/);
    await users.waitForRow(MEGAN.address, /Verified/);
    await admin.visitor.sees(`${protectedCount - 2} cannot be reached`);
    expect(await users.coverage()).toMatch(/^2\s*of/);
    await expectAccessible(admin.visitor, 'console: users, verified');
  });

  step('mail reaches Office 365 before the outage, and waits during it', async () => {
    await mailIn('Delivery on Thursday', 'Confirmed for 08:30 at gate 4.');
    expect(await mailbox(ADELE.address, 'Delivery on Thursday')).toMatchObject({ folder: 'Inbox' });
    await product.world.outage('transport');
    await mailIn('Gate 4 is closed', 'Please take gate 6.');
    const letter = hostileLetter({ from: MONA, to: ADELE.address, subject: 'The lorry is loaded' });
    const { mxPort: port } = product.facts;
    const answer = await sendMail({ port, from: MONA, to: ADELE.address, raw: letter.raw });
    expect(answer.code).toBe(250);
  });

  step('the event page says in numbers what a start will do', async () => {
    await admin.goTo('Emergency event');
    const event = new EventPage(admin.visitor);
    const preview = await event.preview();
    expect(preview).toContain(`${protectedCount} users covered`);
    expect(preview).toContain('2 get their login');
    expect(preview).toContain('1 by SMS, 2 by alternate email');
    expect(preview).toContain(`${protectedCount - 2} cannot be reached`);
    await admin.visitor.sees(/^\d+ messages? waiting for Office 365$/);
    await expectAccessible(admin.visitor, 'console: event preview');
  });

  step('a short press starts nothing; holding the button does', async () => {
    const event = new EventPage(admin.visitor);
    await event.giveReason('Office 365 accepts no mail');
    await event.pressBriefly();
    expect((await product.holdfast('event', 'status', '--json')).json).toEqual({ phase: 'none' });
    await event.holdToStart(walk.hold);
    expect(await event.barText()).toContain('Emergency event is active since');
    await event.waitForFigure('Reached', /^2of/);
    await expectAccessible(admin.visitor, 'console: event active');
    await admin.goTo('Overview');
    await expectAccessible(admin.visitor, 'console: overview during an event');
  });

  step('login, temporary password and address come by SMS and to the private address', async () => {
    const { text } = await sms(/Password: /);
    login = findIn(text, /Login: (\S+)/);
    temporaryPassword = findIn(text, /Password: (\S+)/);
    expect(login).toBe(ADELE.address);
    expect(findIn(text, /(http:\S+)/)).toContain(product.facts.portalUrl);
    const mail = readable(await outside(MEGAN_PRIVATE.email, /^Your emergency mailbox is open$/));
    expect(findIn(mail, /Login: (\S+?)[<\s]/)).toBe(MEGAN.address);
    expect(mail).toContain(product.facts.portalUrl);
    expect(findIn(mail, /Temporary password: (\S+?)[<\s]/)).not.toBe(temporaryPassword);
  });

  step('a person signs in with them and chooses a password', async () => {
    person = new Portal(await arrive('person', walk.portal));
    await person.open(product.facts.portalUrl);
    await expectAccessible(person.visitor, 'portal: sign-in');
    const refusal = await person.refusedSignIn(login, 'WRONG-WRONG-WRONG');
    await expectAccessible(person.visitor, 'portal: sign-in refused');
    await person.signIn(login, temporaryPassword);
    await person.visitor.sees('Choose a password');
    await expectAccessible(person.visitor, 'portal: choose a password');
    await person.choosePassword(OWN_PASSWORD);

    const stranger = new Portal(await arrive('person with a used password', walk.portal));
    await stranger.open(product.facts.portalUrl);
    expect(await stranger.refusedSignIn(login, temporaryPassword)).toBe(refusal);
    await leave(stranger.visitor);
  });

  step(
    'the inbox has the mail from before and during the outage, and more as it comes',
    async () => {
      await person.row('Delivery on Thursday').waitFor();
      await person.row('Gate 4 is closed').waitFor();
      await expect.poll(() => person.banner().innerText()).toContain('Office 365 is down since');
      await expectAccessible(person.visitor, 'portal: inbox');
      await mailIn('One more pallet', 'It did not fit the first time.');
      if (walk.portal.phone) {
        await waitFor('the message looked for', () => person.findsByLooking('One more pallet'));
      } else await person.row('One more pallet').waitFor();
      await person.read('Delivery on Thursday');
      await person.visitor.sees('Confirmed for 08:30 at gate 4.');
      await expectAccessible(person.visitor, 'portal: reading a plain message');
      if (walk.portal.phone) await person.backToList();
    },
  );

  step('a hostile letter shows its words, runs nothing and loads nothing', async () => {
    const { visitor } = person;
    await person.read('The lorry is loaded');
    const letter = person.letter();
    await letter.getByText('The lorry is loaded and leaves at six.').waitFor();
    await visitor.sees('Pictures from the internet are not loaded.');
    await expectAccessible(visitor, 'portal: reading HTML');
    expect(await visitor.page.evaluate('"hasRun" in window')).toBe(false);
    for (const tag of ['script', 'form', 'input', 'iframe', 'link', 'svg']) {
      expect(await letter.locator(tag).count(), tag).toBe(0);
    }
    const foreign = () => visitor.requests.filter((url) => !url.startsWith(origin()));
    const origin = () => new URL(product.facts.portalUrl).origin;
    expect(foreign()).toEqual([]);
    // The same look does see a picture that the reader has asked for.
    await visitor.page.route(`https://${FOREIGN_HOST}/**`, (route) =>
      route.fulfill({ contentType: 'image/png', body: ONE_PIXEL }),
    );
    await visitor.page.getByRole('button', { name: 'Show pictures' }).click();
    await waitFor('the picture to be asked for', () => foreign().length > 0);
    expect(foreign()).toEqual([FOREIGN_PICTURE]);
    if (walk.portal.phone) await person.backToList();
  });

  step('answers with a file, and writes to outside and to a colleague', async () => {
    await person.read('Gate 4 is closed');
    const answer = await person.reply();
    await answer.say('Thank you, we take gate 6. The plan is attached.');
    await answer.attach(FILE);
    await expectAccessible(person.visitor, 'portal: answering');
    await answer.send();

    const fresh = await person.write();
    await fresh.addressTo(TOM);
    await fresh.addressBySuggestion('lee', COLLEAGUE.name);
    await fresh.entitle('Gate 6 today');
    await fresh.say('Our lorry comes to gate 6.');
    await expectAccessible(person.visitor, 'portal: writing');
    await fresh.send();

    await person.openFolder('Sent');
    await person.row('Re: Gate 4 is closed').waitFor();
    await person.row('Gate 6 today').waitFor();
    await expectAccessible(person.visitor, 'portal: sent');
    await person.read('Re: Gate 4 is closed');
    await person.visitor.sees('Where it stands');
    await expectAccessible(person.visitor, 'portal: a sent message');
    if (walk.portal.phone) await person.backToList();
  });

  step('outside, the answer arrives with its file', async () => {
    const answer = await outside(MONA, /^Re: Gate 4 is closed$/);
    expect(answer.from).toBe(ADELE.address);
    expect(carries(answer, FILE.buffer)).toBe(true);
    expect(readable(answer)).toContain('we take gate 6');
    expect(await outside(TOM, /^Gate 6 today$/)).toMatchObject({ from: ADELE.address });
  });

  step('Office 365 is back, and the administrator ends the event', async () => {
    // Not seen as healthy any more, and not yet again: the end asks for its words.
    await waitFor('the outage to be seen', async () => (await primaryState()) !== 'healthy', {
      patience: 150_000,
      pause: 1_000,
    });
    await product.world.outage('none');
    await admin.goTo('Emergency event');
    const event = new EventPage(admin.visitor);
    const dialog = await event.askToEnd();
    await expectAccessible(admin.visitor, 'console: ending an event');
    await event.endAnyway(dialog);
    await admin.visitor.sees('Mail is being put back.');
    await expectAccessible(admin.visitor, 'console: recovering');
  });

  step('everything is put back where it belongs', async () => {
    for (const subject of ['Gate 4 is closed', 'The lorry is loaded', 'One more pallet']) {
      expect(await mailbox(ADELE.address, subject)).toMatchObject({ folder: 'Inbox' });
    }
    expect(await mailbox(COLLEAGUE.address, 'Gate 6 today')).toMatchObject({ folder: 'Inbox' });
    const sent = await mailbox(ADELE.address, 'Re: Gate 4 is closed');
    expect(sent).toMatchObject({ folder: 'Sent Items', isDraft: false });
    expect(carries(sent, FILE.buffer)).toBe(true);
    expect(await mailbox(ADELE.address, 'Gate 6 today')).toMatchObject({
      folder: 'Sent Items',
      isDraft: false,
    });
    await admin.visitor.sees(
      /^Settled .*: nothing waits, and of everything written or done here it is known/,
    );
    await expectAccessible(admin.visitor, 'console: settled');
  });

  step('the mailbox can be read and not written, and its owner was told', async () => {
    await person.visitor.page.reload();
    await expect.poll(() => person.banner().innerText()).toContain('Office 365 is back since');
    expect(await person.banner().innerText()).toMatch(/You can still read here until \d/);
    expect(await person.writeButton().count()).toBe(0);
    await person.openFolder('Inbox');
    await person.read('Gate 4 is closed');
    expect(await person.visitor.page.getByRole('button', { name: 'Reply' }).count()).toBe(0);
    await expectAccessible(person.visitor, 'portal: read-only');
    await sms(/Office 365 works again[^]*read until/);
  });

  step('the ledger balances, on the command line and in the console', async () => {
    const ledger = await settledLedger(product);
    const { accepted } = ledger;
    expect(ledger).toMatchObject({
      balanced: true,
      terminal: { delivered: accepted, discarded: 0, bounced: 0 },
      outbound: { balanced: true, terminal: { bounced: 0 } },
    });
    await admin.goTo('Overview');
    await admin.visitor.sees(`${accepted} accepted = ${accepted} delivered + 0 lost`);
    await admin.visitor.sees(/^Balanced$/);
    await expectAccessible(admin.visitor, 'console: overview at the end');
  });
});

type Arrival = [name: string, screen: typeof PHONE, options?: { readonly javaScript?: boolean }];

const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

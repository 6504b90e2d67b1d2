import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectFits } from './src/axe.ts';
import { DESK, launchChromium, PHONE, Visitor } from './src/browser.ts';
import { freePorts } from './src/free-ports.ts';
import { expectGerman, expectGermanHere, GERMAN_VIEWS } from './src/german.ts';
import { judgeAccessibility } from './src/lighthouse.ts';
import {
  BEHIND_LINKS,
  makeHelpdeskCode,
  makeInfoLinks,
  linkedPath,
  type InfoLinks,
} from './src/info-states.ts';
import { ADELE, MONA, OpenMailboxes } from './src/open-mailbox.ts';
import { AFTERWARDS, WITH_HELPDESK_CODE } from './src/other-times.ts';
import { INSIDE, LETTER, OUTSIDE, PLAIN } from './src/portal-states.ts';
import { expectSound, LARGE_TEXT, VIEWS, type PageState, type View } from './src/page-views.ts';
import { INVITATION } from './src/reading-letters.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { deliverReports, REPORT, STRAY_REPORT } from './src/sent-reports.ts';
import { WAITING, WAITING_IN_GERMAN } from './src/waiting-states.ts';
import { hostileLetter } from './src/walk-mail.ts';

let mailboxes: OpenMailboxes;
let browser: Browser;
let largeText: Browser;
let links: InfoLinks;
let debuggingPort: number;
reportLogsOfFailures(() => mailboxes.product);

beforeAll(async () => {
  [debuggingPort = 0] = await freePorts(1);
  [mailboxes, browser, largeText] = await Promise.all([
    OpenMailboxes.boot(),
    launchChromium({ debuggingPort }),
    launchChromium({ textSize: LARGE_TEXT }),
  ]);
  const somebody = await Visitor.arrive(browser, 'somebody', DESK);
  [links] = await Promise.all([makeInfoLinks(mailboxes, somebody), deliverReports(mailboxes)]);
  await somebody.leave();
  const { raw } = hostileLetter({ from: MONA, to: ADELE, subject: LETTER });
  await mailboxes.deliver({ subject: LETTER, raw });
  await mailboxes.deliver(INVITATION);
  await mailboxes.deliver({ subject: PLAIN, body: 'Please take gate 6.' });
});
afterAll(async () => {
  await Promise.all([browser?.close(), largeText?.close()]);
  await mailboxes?.stop();
});

const urlOf = ({ path }: PageState): string => `${mailboxes.url}${linkedPath(path, links)}`;

describe.each(VIEWS)('the portal $name', (view) => {
  let inside: Visitor;
  let outside: Visitor;

  beforeAll(async () => {
    const chromium = view.large ? largeText : browser;
    inside = await mailboxes.arrive(chromium, view.screen);
    outside = await Visitor.arrive(chromium, 'somebody', view.screen);
  });
  afterAll(() => Promise.all([inside?.leave(), outside?.leave()]));

  test.each([...OUTSIDE, ...BEHIND_LINKS])('$name', async (state) =>
    expectSound(outside, urlOf(state), state, view),
  );
  // What waits for its retries is the same page, and its words are short.
  const states = [...INSIDE, ...WAITING].filter(
    ({ waits }) => waits !== true || view.judge !== expectFits,
  );
  test.each(states)('$name', async (state) => expectSound(inside, urlOf(state), state, view));
});

/** Paths of the main pages, and what is on them once they are drawn, in German. */
const GERMAN = [
  { path: '/', sign: 'Posteingang' },
  { path: '/search', sign: 'Suche eingrenzen' },
  { path: '/people', sign: 'Personen' },
  { path: '/meetings', sign: 'Termine' },
  { path: '/event', sign: 'Was hier geht' },
  { path: '/outbox', sign: 'Postausgang' },
  { path: '/drafts', sign: 'Entwürfe' },
  { path: '/writing', sign: 'Signatur und Senden' },
  { path: '/account', sign: 'Wege zur Anmeldung' },
  { path: '/ready', sign: 'Dieses Telefon vorbereiten' },
] as const;

/** Messages with words of ours about them. */
const GERMAN_MESSAGES = [
  { subject: PLAIN, sign: 'Antworten' },
  { subject: REPORT, sign: 'Die gesendete Nachricht zeigen' },
  { subject: STRAY_REPORT, sign: 'Er betrifft eine Nachricht, die nicht von hier gesendet wurde.' },
  { subject: INVITATION.subject, sign: 'Einladung' },
] as const;

describe.each(GERMAN_VIEWS)('the portal in German $name', (view) => {
  let inside: Visitor;
  let outside: Visitor;
  let names: ReadonlySet<string>;

  beforeAll(async () => {
    const chromium = view.large ? largeText : browser;
    names = await mailboxes.namesInDirectory();
    inside = await mailboxes.arrive(chromium, PHONE, { path: '/?language=de' });
    outside = await Visitor.arrive(chromium, 'somebody', PHONE);
    await outside.page.goto(`${mailboxes.url}/?language=de`);
  });
  afterAll(() => Promise.all([inside?.leave(), outside?.leave()]));

  test.each(GERMAN)('$path', async ({ path, sign }) => {
    await expectGerman(inside, `${mailboxes.url}${path}`, sign, view, names);
  });

  test.each(GERMAN_MESSAGES)('the message “$subject”', async ({ subject, sign }) => {
    const path = await mailboxes.pathOf(subject);
    await expectGerman(inside, `${mailboxes.url}${path}`, sign, view, names);
  });

  test.each(WAITING_IN_GERMAN)('$name', async (state) => {
    await inside.page.goto(urlOf(state));
    await state.reach(inside);
    await expectGermanHere(inside, state.name, view, names);
    await state.leave?.(inside);
    await inside.page.goto(`${mailboxes.url}/?language=de`);
  });

  test('a message being written', async () => {
    await inside.page.goto(`${mailboxes.url}/`);
    await inside.page.getByRole('button', { name: 'Schreiben', exact: true }).click();
    await inside.page.getByRole('dialog').getByLabel('Betreff').waitFor();
    await expectGermanHere(inside, 'writing', view, names);
  });

  test('before signing in, and alternate info without JavaScript', async () => {
    await expectGerman(outside, `${mailboxes.url}/`, 'Ohne Passwort', view, names);
    const form = `${mailboxes.url}${links.info}`;
    await expectGerman(outside, form, 'Wie erreichen wir Sie', view, names);
  });
});

/** As another device of hers has saved it; where it is written on. */
async function savedDraft(html: string | null): Promise<string> {
  const client = await mailboxes.client();
  const id = randomUUID();
  const content = {
    to: [{ name: 'Mona Kane', address: MONA }],
    cc: [],
    bcc: [],
    subject: 'Gate 6 today',
    text: 'At six',
    html,
    about: null,
    uploadIds: [],
  };
  const writtenAt = new Date().toISOString();
  await client.mutate('drafts.save', { id, base: 0, device: randomUUID(), writtenAt, content });
  return `/write/${id}`;
}

test.each([
  { name: 'alternate info', path: ':info:', signedIn: false },
  { name: 'signing in', path: '/', signedIn: false },
  { name: 'inbox', path: '/', signedIn: true },
  { name: 'a message', path: ':plain', signedIn: true },
  { name: 'a message being written', path: ':draft', signedIn: true },
  { name: 'a message being written, with formatting', path: ':formatted', signedIn: true },
  { name: 'what was found', path: '/search?q=gate', signedIn: true },
  { name: 'the account', path: '/account', signedIn: true },
  { name: 'the page about the outage', path: '/event', signedIn: true },
])('Lighthouse gives the accessibility of $name all its points', async (page) => {
  const path = linkedPath(page.path, links)
    .replace(':plain', await mailboxes.pathOf(PLAIN))
    .replace(':draft', await savedDraft(null))
    .replace(':formatted', await savedDraft('<div>At <b>six</b></div>'));
  const { cookie } = await mailboxes.client();
  const judged = await judgeAccessibility(
    `${mailboxes.url}${path}`,
    debuggingPort,
    page.signedIn ? cookie : null,
  );
  expect(judged).toEqual({ score: 100, findings: [] });
});

describe('the portal later', () => {
  const visitors = new Map<View, Visitor>();

  beforeAll(async () => {
    for (const view of VIEWS) {
      const chromium = view.large ? largeText : browser;
      visitors.set(view, await mailboxes.arrive(chromium, view.screen, { path: null }));
    }
  });
  afterAll(() => Promise.all([...visitors.values()].map((visitor) => visitor.leave())));

  async function expectSoundEverywhere(states: readonly PageState[]): Promise<void> {
    for (const state of states)
      for (const [view, visitor] of visitors) await expectSound(visitor, urlOf(state), state, view);
  }

  test('with a code of the helpdesk', async () => {
    await makeHelpdeskCode(mailboxes, ADELE);
    await expectSoundEverywhere(WITH_HELPDESK_CODE);
  });

  test('after the event', async () => {
    await mailboxes.product.world.outage('none');
    const ended = await mailboxes.product.holdfast('event', 'end', '--yes');
    expect(ended.stderr).toBe('');
    await expectSoundEverywhere(AFTERWARDS);
    for (const view of GERMAN_VIEWS) {
      const chromium = view.large ? largeText : browser;
      const person = await mailboxes.arrive(chromium, PHONE, { path: '/?language=de' });
      const names = await mailboxes.namesInDirectory();
      await expectGerman(person, `${mailboxes.url}/sent`, 'Office 365 ist wieder da', view, names);
      await expectGerman(person, `${mailboxes.url}/event`, 'Nach dem Ausfall', view, names);
      await person.leave();
    }
  });
});

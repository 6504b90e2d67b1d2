import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, expectFits } from './src/axe.ts';
import { DESK, launchChromium, PHONE, Visitor } from './src/browser.ts';
import { findEnglish } from './src/english-words.ts';
import { freePorts } from './src/free-ports.ts';
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
import { reportLogsOfFailures } from './src/report-logs.ts';
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
  links = await makeInfoLinks(mailboxes, somebody);
  await somebody.leave();
  const { raw } = hostileLetter({ from: MONA, to: ADELE, subject: LETTER });
  await mailboxes.deliver({ subject: LETTER, raw });
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
  const states = INSIDE.filter(({ waits }) => waits !== true || view.judge === expectAccessible);
  test.each(states)('$name', async (state) => expectSound(inside, urlOf(state), state, view));
});

/** Paths of the main pages, and what is on them once they are drawn, in German. */
const GERMAN = [
  { path: '/', sign: 'Posteingang' },
  { path: ':plain', sign: 'Antworten' },
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

describe.each([
  { name: 'on a phone', large: false },
  { name: 'on a phone with text at 200 %', large: true },
])('the portal in German $name', ({ large }) => {
  let inside: Visitor;
  let outside: Visitor;

  beforeAll(async () => {
    const chromium = large ? largeText : browser;
    inside = await mailboxes.arrive(chromium, PHONE, { path: '/?language=de' });
    outside = await Visitor.arrive(chromium, 'somebody', PHONE);
    await outside.page.goto(`${mailboxes.url}/?language=de`);
  });
  afterAll(() => Promise.all([inside?.leave(), outside?.leave()]));

  const expectGerman = async (visitor: Visitor, path: string, sign: string): Promise<void> => {
    const { page } = visitor;
    await page.goto(`${mailboxes.url}${path}`);
    await page.getByText(sign).filter({ visible: true }).first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await findEnglish(page, await mailboxes.namesInDirectory())).toEqual([]);
    await expectAccessible(visitor, path, ['light']);
    if (large) await expectFits(visitor, path);
  };

  test.each(GERMAN)('$path', async ({ path, sign }) => {
    const plain = path === ':plain' ? await mailboxes.pathOf(PLAIN) : path;
    await expectGerman(inside, plain, sign);
  });

  test('a message being written', async () => {
    await inside.page.goto(`${mailboxes.url}/`);
    await inside.page.getByRole('button', { name: 'Schreiben', exact: true }).click();
    await inside.page.getByRole('dialog').getByLabel('Betreff').waitFor();
    expect(await findEnglish(inside.page, await mailboxes.namesInDirectory())).toEqual([]);
    await expectAccessible(inside, 'writing', ['light']);
  });

  test('before signing in, and alternate info without JavaScript', async () => {
    await expectGerman(outside, '/', 'Ohne Passwort');
    await expectGerman(outside, links.info, 'Wie erreichen wir Sie');
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
  });
});

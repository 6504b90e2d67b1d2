import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './src/axe.ts';
import { launchChromium, Visitor } from './src/browser.ts';
import { freePorts } from './src/free-ports.ts';
import { judgeAccessibility } from './src/lighthouse.ts';
import { ADELE, MONA, OpenMailboxes } from './src/open-mailbox.ts';
import { INSIDE, LETTER, OUTSIDE, PLAIN, type PortalState } from './src/portal-states.ts';
import { expectSound, LARGE_TEXT, VIEWS } from './src/portal-views.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { hostileLetter } from './src/walk-mail.ts';

let mailboxes: OpenMailboxes;
let browser: Browser;
let largeText: Browser;
let infoLink: string;
let debuggingPort: number;
reportLogsOfFailures(() => mailboxes.product);

beforeAll(async () => {
  [debuggingPort = 0] = await freePorts(1);
  [mailboxes, browser, largeText] = await Promise.all([
    OpenMailboxes.boot(),
    launchChromium({ debuggingPort }),
    launchChromium({ textSize: LARGE_TEXT }),
  ]);
  [infoLink = ''] = await mailboxes.infoLinks();
  const { raw } = hostileLetter({ from: MONA, to: ADELE, subject: LETTER });
  await mailboxes.deliver({ subject: LETTER, raw });
  await mailboxes.deliver({ subject: PLAIN, body: 'Please take gate 6.' });
});
afterAll(async () => {
  await Promise.all([browser?.close(), largeText?.close()]);
  await mailboxes?.stop();
});

const urlOf = ({ path }: PortalState): string =>
  `${mailboxes.url}${path.replace(':info', infoLink)}`;

describe.each(VIEWS)('the portal $name', (view) => {
  let inside: Visitor;
  let outside: Visitor;

  beforeAll(async () => {
    const chromium = view.large ? largeText : browser;
    inside = await mailboxes.arrive(chromium, view.screen);
    outside = await Visitor.arrive(chromium, 'somebody', view.screen);
  });
  afterAll(() => Promise.all([inside?.leave(), outside?.leave()]));

  test.each(OUTSIDE)('$name', async (state) => expectSound(outside, urlOf(state), state, view));
  // What waits for its retries is the same page, and its words are short.
  const states = INSIDE.filter(({ waits }) => waits !== true || view.judge === expectAccessible);
  test.each(states)('$name', async (state) => expectSound(inside, urlOf(state), state, view));
});

/** As another device of hers has saved it. */
async function formattedDraft(): Promise<string> {
  const client = await mailboxes.client();
  const id = randomUUID();
  const content = {
    to: [{ name: 'Mona Kane', address: MONA }],
    cc: [],
    bcc: [],
    subject: 'Gate 6 today',
    text: 'At six',
    html: '<div>At <b>six</b></div>',
    about: null,
    uploadIds: [],
  };
  const writtenAt = new Date().toISOString();
  await client.mutate('drafts.save', { id, base: 0, device: randomUUID(), writtenAt, content });
  return id;
}

test.each([
  { name: 'alternate info', path: ':info', signedIn: false },
  { name: 'inbox', path: '/', signedIn: true },
  { name: 'a message', path: ':plain', signedIn: true },
  { name: 'a message being written, with formatting', path: ':draft', signedIn: true },
])('Lighthouse gives the accessibility of $name all its points', async (page) => {
  const plain = await mailboxes.pathOf(PLAIN);
  const path = page.path
    .replace(':info', infoLink)
    .replace(':plain', plain)
    .replace(':draft', `/write/${await formattedDraft()}`);
  const { cookie } = await mailboxes.client();
  const judged = await judgeAccessibility(
    `${mailboxes.url}${path}`,
    debuggingPort,
    page.signedIn ? cookie : null,
  );
  expect(judged).toEqual({ score: 100, findings: [] });
});

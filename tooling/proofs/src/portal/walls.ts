/// <reference lib="dom" />
import { setTimeout as after } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { HostileHost } from './hostile-host.ts';
import { HOSTILE_DOMAIN, type Letter } from './letters.ts';
import { openLetter, type DeliveredLetter } from './open-letters.ts';
import { launchWatched, settle, watch, type Sightings } from './watched-browser.ts';

/** Which of the walls stand: all, one alone while the others are taken away, or none, which shows that they are away. */
export type Walls = 'all' | 'browser alone' | 'frame alone' | 'none';

/** Milliseconds. */
const LITTLE_PATIENCE = 4000;
/** For the first of them, with which the reader is fetched, where everything else on the machine comes first. Milliseconds. */
const FIRST_PATIENCE = 30_000;
/** For what stands in a bare page to be there, and again to begin what it does by itself. Milliseconds. */
const BARE_PATIENCE = 2000;

export interface Session {
  readonly url: string;
  readonly cookie: { readonly name: string; readonly value: string };
}

export interface Caught {
  readonly seen: Sightings;
  /** Numbers of the tricks whose hosts were asked for something. */
  readonly asked: ReadonlySet<number>;
  readonly faults: readonly string[];
}

/** Opens each letter in the portal as a signed-in person, with the walls that are to stand. */
export async function openWithWalls(
  browser: Browser,
  host: HostileHost,
  session: Session,
  letters: readonly (Letter & DeliveredLetter)[],
  walls: Walls,
): Promise<Caught> {
  const before = host.hits.length;
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    bypassCSP: walls === 'browser alone' || walls === 'none',
    ignoreHTTPSErrors: true,
  });
  const seen = await watch(context, session.url);
  try {
    await context.addCookies([
      { ...session.cookie, url: session.url, httpOnly: true, sameSite: 'Lax' },
    ]);
    const page = await context.newPage();
    if (walls !== 'all') await takeWallsAway(context, page, letters, walls);
    await page.goto(`${session.url}/inbox`);
    await page.locator('h1').first().waitFor();
    const faults: string[] = [];
    for (const [at, letter] of letters.entries()) {
      if (walls === 'frame alone' || walls === 'none')
        await page.evaluate((html) => {
          Object.assign(window, { rawLetter: html });
        }, letter.html);
      // Without any wall a letter may well take the page away: what it did until then is what is asked.
      const found =
        walls === 'none'
          ? await openLetter(page, letter, at === 0 ? FIRST_PATIENCE : LITTLE_PATIENCE).catch(
              () => [],
            )
          : await openLetter(page, letter);
      // Without the others each wall is asked only whether it stops scripts and requests.
      if (walls === 'all') faults.push(...found.map((fault) => `${letter.subject}: ${fault}`));
    }
    if (walls === 'none')
      await somethingSeen(
        () => seen.scripts.length,
        () => askedSince(host, before).size,
      );
    else await settle(page);
    return { seen, asked: askedSince(host, before), faults };
  } finally {
    // Without walls its page may have been led away, and never say that it is closed: the browser takes it along.
    if (walls !== 'none') await context.close();
  }
}

/** What letters set off reaches us a moment later; resolves without it when it does not come. */
async function somethingSeen(...counts: readonly (() => number)[]): Promise<void> {
  const end = Date.now() + FIRST_PATIENCE;
  while (Date.now() < end && counts.some((count) => count() === 0)) await after(100);
}

/**
 * HTML in a page without any wall: what the server hands out, or what the sender wrote. In a browser of its own, which takes
 * along at its end whatever the letters have set off.
 */
export async function openBare(
  host: HostileHost,
  letters: readonly { readonly html: string }[],
): Promise<Caught> {
  const before = host.hits.length;
  const watched = await launchWatched(host);
  try {
    const context = await watched.browser.newContext({ ignoreHTTPSErrors: true });
    const seen = await watch(context, 'about:');
    let page = await context.newPage();
    for (const { html } of letters) {
      // A letter that leads its page away, or never ends to load, takes nothing from the next one.
      const shown = await page
        .setContent(html, { waitUntil: 'domcontentloaded', timeout: BARE_PATIENCE })
        // A page that is being led away answers no more until it is there, which its host may never let happen.
        .then(() => Promise.race([settle(page).then(() => true), after(BARE_PATIENCE, false)]))
        .catch(() => false);
      if (shown && page.url() === 'about:blank') continue;
      // Closed on its way to somewhere else, a page may never say that it is closed.
      await Promise.race([page.close().catch(() => undefined), after(BARE_PATIENCE)]);
      page = await context.newPage();
    }
    return { seen, asked: askedSince(host, before), faults: [] };
  } finally {
    await watched.end();
  }
}

/** Told by the names of their hosts: each trick has one that nothing else names. */
function askedSince(host: HostileHost, before: number): ReadonlySet<number> {
  const own = new RegExp(`^t(\\d+)\\.${HOSTILE_DOMAIN.replaceAll('.', '\\.')}$`);
  return new Set(
    host.hits.slice(before).flatMap(({ host: name }) => {
      const number = own.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    }),
  );
}

/** Before anything of the page runs. The server's part is taken away by handing out what the sender wrote. */
async function takeWallsAway(
  context: BrowserContext,
  page: Page,
  letters: readonly (Letter & DeliveredLetter)[],
  walls: Exclude<Walls, 'all'>,
): Promise<void> {
  await context.addInitScript(tamper, {
    source: walls !== 'browser alone',
    policy: walls !== 'frame alone',
    sandbox: walls !== 'frame alone',
  });
  if (walls !== 'browser alone') return;
  const rawOf = new Map(letters.map(({ id, html }) => [id, html]));
  await page.route(/\/trpc\/[^?]*mailbox\.read/, async (route) => {
    const response = await route.fetch();
    const body: unknown = JSON.parse(await response.text());
    await route.fulfill({ response, body: JSON.stringify(withRaw(body, rawOf)) });
  });
}

/**
 * Runs in the page, before anything of its own. Puts what the sender wrote in place of what the sanitisers have left, and
 * takes away the frame's own policy and its sandbox, however they are set.
 */
function tamper(away: {
  readonly source: boolean;
  readonly policy: boolean;
  readonly sandbox: boolean;
}): void {
  const changed = (html: string): string => {
    const policy = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
    const document = away.policy ? html.replace(policy, '') : html;
    const raw = 'rawLetter' in window ? String(window.rawLetter) : '';
    if (!away.source) return document;
    return `${document.slice(0, document.indexOf('<body'))}<body>${raw}</body></html>`;
  };
  const setAttribute = Reflect.get(Element.prototype, 'setAttribute') as Element['setAttribute'];
  Element.prototype.setAttribute = function set(name, value) {
    const isFrame = this.tagName === 'IFRAME';
    if (isFrame && away.sandbox && name.toLowerCase() === 'sandbox') return;
    const isDocument = isFrame && name.toLowerCase() === 'srcdoc';
    setAttribute.call(this, name, isDocument ? changed(value) : value);
  };
  Object.defineProperty(HTMLIFrameElement.prototype, 'srcdoc', {
    set(this: HTMLIFrameElement, value: string) {
      this.setAttribute('srcdoc', value);
    },
  });
  if (!away.sandbox) return;
  Object.defineProperty(HTMLIFrameElement.prototype, 'sandbox', {
    get: () => ({ contains: () => false }),
    set() {
      // Stays without.
    },
  });
}

/** The answer with the HTML of each message as its sender wrote it. */
function withRaw(value: unknown, rawOf: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => withRaw(each, rawOf));
  if (typeof value !== 'object' || value === null) return value;
  const raw = 'html' in value && 'id' in value ? rawOf.get(String(value.id)) : undefined;
  if (raw !== undefined) return { ...value, html: raw };
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withRaw(each, rawOf)]),
  );
}

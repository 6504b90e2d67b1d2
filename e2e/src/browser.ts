import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from 'playwright-core';

export type { Browser };

/** A screen as somebody holds it. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  /** Touch instead of a mouse, and a mobile browser's way of laying out. */
  readonly phone: boolean;
}

export const PHONE: Screen = { width: 390, height: 844, phone: true };
export const DESK: Screen = { width: 1440, height: 900, phone: false };

/**
 * What takes longer on a busy machine is stuck: pages look every 15 s at the latest, and what failed once in the background
 * is tried again after 10 s. Milliseconds.
 */
const ACTION_PATIENCE = 60_000;
/** Debian's package; anywhere else the npm package brings its own. */
const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
  // Nothing but this machine can be reached, whatever a page tries.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

interface ChromiumOptions {
  /** Size of text as a person sets it in the browser; 16 is everybody's. Pixels. */
  readonly textSize?: number;
  /** Where other programs may steer it as well. */
  readonly debuggingPort?: number;
  /** Chromium's own; later ones win over ours. */
  readonly flags?: readonly string[];
}

export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  const flags = [
    ...FLAGS,
    ...(options.textSize === undefined
      ? []
      : [`--blink-settings=defaultFontSize=${options.textSize}`]),
    ...(options.debuggingPort === undefined
      ? []
      : [`--remote-debugging-port=${options.debuggingPort}`]),
    ...(options.flags ?? []),
  ];
  if (existsSync(DEBIAN_CHROMIUM)) {
    return chromium.launch({ executablePath: DEBIAN_CHROMIUM, args: flags });
  }
  const executablePath = await sparticuz.executablePath();
  return chromium.launch({ executablePath, args: [...sparticuz.args, ...flags] });
}

export interface VisitorOptions {
  readonly javaScript?: boolean;
  /** Lets the page keep itself on the device; else every request is the page's own and can be watched. */
  readonly keepsPage?: boolean;
  /** Pixels of the device for one of CSS. */
  readonly sharpness?: number;
}

/** One person with one browser profile and one page; whatever goes wrong in it is written down. */
export class Visitor {
  readonly name: string;
  readonly screen: Screen;
  readonly page: Page;
  /** Addresses of all requests so far, also of frames. */
  readonly requests: string[] = [];
  readonly #context: BrowserContext;
  readonly #faults: string[] = [];

  private constructor(name: string, screen: Screen, context: BrowserContext, page: Page) {
    this.name = name;
    this.screen = screen;
    this.page = page;
    this.#context = context;
    context.on('request', (request) => this.requests.push(request.url()));
    // Breaches of the content security policy are reported here as well.
    context.on('console', (message) => {
      if (message.type() === 'error') this.#faults.push(`console: ${message.text()}`);
    });
    context.on('weberror', (error) => this.#faults.push(`page error: ${error.error().message}`));
  }

  static async arrive(
    browser: Browser,
    name: string,
    screen: Screen,
    options: VisitorOptions = {},
  ): Promise<Visitor> {
    const { width, height, phone } = screen;
    const context = await browser.newContext({
      viewport: { width, height },
      isMobile: phone,
      hasTouch: phone,
      locale: 'en-GB',
      colorScheme: 'light',
      javaScriptEnabled: options.javaScript ?? true,
      serviceWorkers: options.keepsPage === true ? 'allow' : 'block',
      ...(options.sharpness !== undefined && { deviceScaleFactor: options.sharpness }),
    });
    context.setDefaultTimeout(ACTION_PATIENCE);
    return new Visitor(name, screen, context, await context.newPage());
  }

  /** Goes on with a session that was opened without this browser. */
  async take(
    url: string,
    cookie: { readonly name: string; readonly value: string },
  ): Promise<void> {
    await this.#context.addCookies([{ ...cookie, url, httpOnly: true, sameSite: 'Lax' }]);
  }

  /** What went wrong since the last look: errors on the console, uncaught ones, breaches of the policy. */
  takeFaults(): readonly string[] {
    return this.#faults.splice(0).map((fault) => `${this.name}, ${fault}`);
  }

  /** Runs an action that the server refuses: the browser then logs its status, which is no fault. */
  async refused<Answer>(status: number, action: () => Promise<Answer>): Promise<Answer> {
    const line = `Failed to load resource: the server responded with a status of ${status} `;
    const logged = this.#context.waitForEvent('console', (message) =>
      message.text().startsWith(line),
    );
    const answer = await action();
    // It may come after the page has already drawn the refusal.
    const text = (await logged).text();
    this.#faults.splice(this.#faults.indexOf(`console: ${text}`), 1);
    return answer;
  }

  /** As the person does it: with a finger on a phone, with the mouse at a desk. */
  async press(target: Locator): Promise<void> {
    await (this.screen.phone ? target.tap() : target.click());
  }

  /** Waits until a sentence stands on the page. */
  async sees(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor();
  }

  async leave(): Promise<void> {
    await this.#context.close();
  }
}

/** Pictures of what each visitor sees now; their paths, for the message of a failed test. */
export async function takePictures(visitors: Iterable<Visitor>): Promise<readonly string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-walk-'));
  const paths: string[] = [];
  for (const visitor of visitors) {
    if (visitor.page.isClosed()) continue;
    const path = join(directory, `${visitor.name.replaceAll(/\W+/g, '-')}.png`);
    await visitor.page.screenshot({ path, fullPage: true });
    paths.push(`${path} (${visitor.page.url()})`);
  }
  return paths;
}

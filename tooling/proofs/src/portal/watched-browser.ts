/// <reference lib="dom" />
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '@holdfast/e2e/browser';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { HostileHost } from './hostile-host.ts';
import { HOSTILE_DOMAIN } from './letters.ts';

/** What happened that nobody wanted, in words. */
export interface Sightings {
  readonly scripts: number[];
  readonly dialogs: string[];
  readonly windows: string[];
  readonly navigations: string[];
}

/** A browser whose network is written down by itself, down to names that were only looked up. */
export interface WatchedBrowser {
  readonly browser: Browser;
  /** Ends the browser; hosts of the senders' that it has looked up, connected to or asked. */
  end(): Promise<readonly string[]>;
}

export async function launchWatched(host: HostileHost): Promise<WatchedBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-netlog-'));
  const log = join(folder, 'net.json');
  const browser = await launchChromium({
    flags: [
      `--host-resolver-rules=MAP *.${HOSTILE_DOMAIN}:443 127.0.0.1:${host.port}, MAP *.${HOSTILE_DOMAIN} 127.0.0.1:${host.port}, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1`,
      '--ignore-certificate-errors',
      `--log-net-log=${log}`,
      '--net-log-capture-mode=IncludeSensitive',
    ],
  });
  return {
    browser,
    end: async () => {
      await browser.close();
      const text = await readFile(log, 'utf8');
      await rm(folder, { recursive: true, force: true });
      const names = text.match(new RegExp(`t\\d+\\.${HOSTILE_DOMAIN.replaceAll('.', '\\.')}`, 'g'));
      return [...new Set(names)];
    },
  };
}

/** Watches every page and frame of a context from its beginning. `home` is where its pages belong. */
export async function watch(context: BrowserContext, home: string): Promise<Sightings> {
  const seen: Sightings = { scripts: [], dialogs: [], windows: [], navigations: [] };
  await context.exposeBinding('canary', (_source, number: unknown) => {
    seen.scripts.push(Number(number));
  });
  let isFirst = true;
  context.on('page', (page) => {
    if (!isFirst) seen.windows.push(page.url());
    isFirst = false;
    page.on('dialog', (dialog) => {
      seen.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('framenavigated', (frame) => {
      const url = frame.url();
      const belongs = url.startsWith(home) || url === 'about:blank' || url === 'about:srcdoc';
      if (!belongs) seen.navigations.push(url);
    });
  });
  return seen;
}

/** Lets everything that a document does by itself begin: two frames and a turn of the queue. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0)));
      }),
  );
}

/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Visitor } from './browser.ts';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCHEMES = ['light', 'dark'] as const;

/**
 * Nothing that axe knows of is wrong with the page as it stands, in light and dark, and nothing is wider than the
 * screen. The source goes in through the debugger, so that the page's content security policy stays as it is.
 */
export async function expectAccessible(visitor: Visitor, what: string): Promise<void> {
  const { page } = visitor;
  const found: string[] = [];
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme });
    await settleAnimations(page);
    const violations = await runAxe(page);
    found.push(...violations.map((line) => `${what}, ${scheme}: ${line}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  const { width, screen } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  if (width > screen) found.push(`${what}: ${width} px wide on a screen of ${screen} px`);
  expect(found.join('\n')).toBe('');
}

/** Half-faded text has half the contrast. Skeletons pulse for ever and are not waited for. */
async function settleAnimations(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
}

async function runAxe(page: Page): Promise<readonly string[]> {
  await page.evaluate(SOURCE);
  const { violations } = await page.evaluate(
    // What strangers send is inside frames, and is not ours to judge.
    (): Promise<AxeResults> => window.axe.run({ iframes: false, resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = (failureSummary ?? '').split('\n').slice(1).join(' ').trim();
      return `${id} (${help}) at ${target.join(' ')}: ${why}`;
    }),
  );
}

declare global {
  interface Window {
    readonly axe: { run(options: object): Promise<AxeResults> };
  }
}

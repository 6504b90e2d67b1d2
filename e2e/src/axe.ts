/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Visitor } from './browser.ts';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCHEMES = ['light', 'dark'] as const;
/** The rules that a colour can break; of the others the document says the same in the dark. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * Nothing that axe knows of is wrong with the page as it stands, in light and dark, and nothing is wider than the
 * screen. The source goes in through the debugger, so that the page's content security policy stays as it is.
 */
export async function expectAccessible(
  visitor: Visitor,
  what: string,
  schemes: readonly ('light' | 'dark')[] = SCHEMES,
): Promise<void> {
  const { page } = visitor;
  const found: string[] = [];
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme });
    await settleAnimations(page);
    const violations = await runAxe(page, scheme === schemes[0] ? null : OF_COLOURS);
    found.push(...violations.map((line) => `${what}, ${scheme}: ${line}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  found.push(...(await tooWide(page)).map((line) => `${what}: ${line}`));
  expect(found.join('\n')).toBe('');
}

/**
 * Nothing is wider than the screen, and no words end where their box ends, unless with an ellipsis: what happens to a page
 * with text at 200 % or at a zoom of 400 % (WCAG 2.2 1.4.4, 1.4.10).
 */
export async function expectFits({ page }: Visitor, what: string): Promise<void> {
  await settleAnimations(page);
  const found = [...(await tooWide(page)), ...(await cutWords(page))];
  expect(found.map((line) => `${what}: ${line}`).join('\n')).toBe('');
}

/** What makes the page wider than the screen. */
function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate((): string[] => {
    const root = document.documentElement;
    const screen = root.clientWidth;
    if (root.scrollWidth <= screen) return [];
    const culprits = [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => element.getBoundingClientRect().right > screen + 1)
      .map((element) => `<${element.tagName.toLowerCase()} class="${element.className}">`);
    return [`${root.scrollWidth} px wide on a screen of ${screen} px: ${culprits.join(' ')}`];
  });
}

/** Words that nobody can read to their end, since something that does not scroll cuts them off. */
function cutWords(page: Page): Promise<readonly string[]> {
  return page.evaluate((): string[] => {
    const screen = document.documentElement.clientWidth;
    const isEllipsis = (element: Element): boolean =>
      getComputedStyle(element).textOverflow === 'ellipsis' ||
      (element.parentElement !== null && isEllipsis(element.parentElement));
    return [...document.querySelectorAll<HTMLElement>('body *')].flatMap((element) => {
      const words = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      );
      if (!words || !element.checkVisibility() || isEllipsis(element)) return [];
      if (element.closest('.visually-hidden, .sr-only') !== null) return [];
      const { left, right } = element.getBoundingClientRect();
      // Far off the screen is only what is there for programs.
      if (right < -1) return [];
      const isCut =
        getComputedStyle(element).overflowX !== 'visible' &&
        element.scrollWidth > element.clientWidth + 1;
      if (left >= -1 && right <= screen + 1 && !isCut) return [];
      const place = `${Math.round(left)} to ${Math.round(right)} of ${screen} px`;
      return [`“${element.textContent?.trim().slice(0, 60)}” is cut: ${place}`];
    });
  });
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

/** Of all its rules where none are named. */
async function runAxe(page: Page, rules: readonly string[] | null): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const { violations } = await page.evaluate(
    (values): Promise<AxeResults> =>
      window.axe.run({
        // What strangers send is inside frames, and is not ours to judge.
        iframes: false,
        resultTypes: ['violations'],
        ...(values !== null && { runOnly: { type: 'rule', values } }),
      }),
    rules,
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

import { expect } from 'vitest';
import { expectAccessible, expectFits } from './axe.ts';
import type { Visitor } from './browser.ts';
import { findEnglish } from './english-words.ts';
import { takeBoth } from './page-views.ts';

export interface GermanView {
  readonly name: string;
  /** Colours do not change with the size: those are looked at once. */
  readonly large: boolean;
}

export const GERMAN_VIEWS: readonly GermanView[] = [
  { name: 'on a phone', large: false },
  { name: 'on a phone with text at 200 %', large: true },
];

/** What is shown is in German, every word of it, and has its place. `names`: what others have named. */
export async function expectGermanHere(
  visitor: Visitor,
  what: string,
  { name, large }: GermanView,
  names: ReadonlySet<string>,
): Promise<void> {
  const { page } = visitor;
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await takeBoth(visitor, `in German ${name}`, what);
  expect(await findEnglish(page, names)).toEqual([]);
  await expectAccessible(visitor, what, large ? ['light'] : ['light', 'dark']);
  if (large) await expectFits(visitor, what);
}

/** The same of a page, once `sign` stands on it. */
export async function expectGerman(
  visitor: Visitor,
  url: string,
  sign: string,
  view: GermanView,
  names: ReadonlySet<string>,
): Promise<void> {
  await visitor.page.goto(url);
  await visitor.sees(sign);
  await expectGermanHere(visitor, sign, view, names);
}

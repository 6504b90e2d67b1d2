import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { expectAccessible, expectFits } from './axe.ts';
import { DESK, PHONE, type Screen, type Visitor } from './browser.ts';

/** One page of the portal or the console in one of its states, and how to get there. */
export interface PageState {
  readonly name: string;
  /** Below the address of either. */
  readonly path: string;
  /** Until all is drawn that belongs to it. */
  reach(visitor: Visitor): Promise<void>;
  /** Back to where the next state may begin. */
  leave?(visitor: Visitor): Promise<void>;
  /** What the browser logs of a state that is a refusal. */
  readonly fault?: RegExp;
  /** Seconds, until the page has given up trying. */
  readonly waits?: boolean;
}

/** 1280 px at a zoom of 400 % (WCAG 2.2 1.4.10). */
const ZOOMED: Screen = { width: 320, height: 640, phone: true };
/** Twice the usual 16 px. */
export const LARGE_TEXT = 32;

/** How somebody looks at a page, and what has to be right then. */
export interface View {
  readonly name: string;
  readonly screen: Screen;
  /** In a browser with text at `LARGE_TEXT`. */
  readonly large: boolean;
  readonly judge: (visitor: Visitor, what: string) => Promise<void>;
}

export const VIEWS: readonly View[] = [
  { name: 'on a phone', screen: PHONE, large: false, judge: expectAccessible },
  { name: 'at a desk', screen: DESK, large: false, judge: expectAccessible },
  { name: 'on a phone with text at 200 %', screen: PHONE, large: true, judge: bothLookedAt },
  { name: 'at a zoom of 400 %', screen: ZOOMED, large: false, judge: expectFits },
];

async function bothLookedAt(visitor: Visitor, what: string): Promise<void> {
  // Colours do not change with the size.
  await expectAccessible(visitor, what, ['light']);
  await expectFits(visitor, what);
}

/** Name a folder to look at every state, in light and dark (read by the tests, not by the product). */
const PICTURES = process.env['HOLDFAST_E2E_PICTURES'];

/** Opens a page, brings it into the state, and looks. */
export async function expectSound(
  visitor: Visitor,
  url: string,
  state: PageState,
  view: View,
): Promise<void> {
  await visitor.page.goto(url);
  await state.reach(visitor);
  await lookAt(visitor, state.name, view);
  expectNoFault(visitor, state);
  await state.leave?.(visitor);
  if (state.fault === undefined) return;
  // What it is still asking for fails later, and is none of the next state's.
  await visitor.page.goto('about:blank');
  expectNoFault(visitor, state);
}

function expectNoFault(visitor: Visitor, { fault }: PageState): void {
  expect(visitor.takeFaults().filter((line) => fault?.test(line) !== true)).toEqual([]);
}

/** At the page as it stands. */
export async function lookAt(visitor: Visitor, what: string, { name, judge }: View): Promise<void> {
  await takeBoth(visitor, name, what);
  await judge(visitor, what);
}

/** In light and dark, if pictures are wanted. `view` is the folder within theirs. */
export async function takeBoth({ page }: Visitor, view: string, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  const folder = join(PICTURES, view);
  await mkdir(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const path = join(folder, `${name.replaceAll(/\W+/g, '-')}-${colorScheme}.png`);
    await page.screenshot({ path, animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

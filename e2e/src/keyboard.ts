/// <reference lib="dom" />
import type { Locator, Page } from 'playwright-core';
import { waitFor } from './wait-for.ts';

/** A page on which more keys are needed to get anywhere is not usable by keyboard. */
const MOST_STOPS = 40;

/**
 * Presses Tab until the focus is on the element. Fails when it is never reached, and when a stop on the way cannot be
 * seen to have the focus (WCAG 2.2 2.4.7) or lies under something (2.4.11).
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press('Tab');
    const hidden = await page.evaluate(whatHidesFocus);
    if (hidden !== null) throw new Error(`The focus is not to be seen on ${hidden}.`);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${String(target)} is not reached by ${MOST_STOPS} times Tab.`);
}

/** Null when it can be seen; else what has the focus. Looks into the frame of a letter. Runs in the page. */
function whatHidesFocus(): string | null {
  const outer = document.activeElement;
  const inner = outer instanceof HTMLIFrameElement ? outer.contentDocument?.activeElement : null;
  // In a frame whose body has the focus, it is the frame that has to show it.
  const focused = inner === null || inner === undefined || inner.matches('body') ? outer : inner;
  if (focused === null || focused === document.body) return null;
  const name = `<${focused.tagName.toLowerCase()}> ${focused.ariaLabel ?? focused.textContent?.trim().slice(0, 40) ?? ''}`;
  const marked = [focused, focused.parentElement, focused.nextElementSibling].some((element) => {
    if (element === null) return false;
    const { outlineStyle, boxShadow } = getComputedStyle(element);
    return outlineStyle !== 'none' || boxShadow !== 'none';
  });
  if (!marked) return `${name}: no outline`;
  const { left, top, width, height } = focused.getBoundingClientRect();
  const above = focused.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
  const seen = above === null || above.contains(focused) || focused.contains(above);
  return seen ? null : `${name}: under <${above.tagName.toLowerCase()}>`;
}

/** Until the keyboard writes there: the focus comes with the page or a moment later. */
export async function hasFocus(field: Locator): Promise<void> {
  await waitFor('the focus', () => field.evaluate((each) => each === document.activeElement));
}

/// <reference lib="dom" />
import type { Locator, Page } from 'playwright-core';

export interface Vitals {
  /** Largest contentful paint so far, since the page was asked for. Unit: ms. */
  readonly largestPaint: number;
  /** The slowest interaction so far, from the touch to the frame that shows its effect. Unit: ms; 0 without any. */
  readonly slowestInteraction: number;
  readonly layoutShift: number;
}

/** Said in the page's console when a click has been measured. */
const CLICKED = 'holdfast: a click was measured';

/** Writes down what the browser measures of every page that this one opens from now on. */
export async function watchVitals(page: Page): Promise<void> {
  await page.addInitScript((clicked) => {
    const seen = { largestPaint: 0, slowestInteraction: 0, layoutShift: 0 };
    window.holdfastVitals = seen;
    const watch = (type: string, note: (entry: PerformanceEntry) => void, options = {}): void => {
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) note(entry);
      }).observe({ type, buffered: true, ...options });
    };
    watch('largest-contentful-paint', ({ startTime }) => (seen.largestPaint = startTime));
    watch(
      'event',
      (entry) => {
        if (!('interactionId' in entry) || entry.interactionId === 0) return;
        seen.slowestInteraction = Math.max(seen.slowestInteraction, entry.duration);
        if (entry.name === 'click') console.debug(clicked);
      },
      { durationThreshold: 16 },
    );
    watch('layout-shift', (entry) => {
      if ('hadRecentInput' in entry && entry.hadRecentInput === true) return;
      if ('value' in entry && typeof entry.value === 'number') seen.layoutShift += entry.value;
    });
  }, CLICKED);
}

/** After the entries of the last frames have been handed over. Unit of the pause: ms. */
const HANDED_OVER_AFTER = 100;

export async function readVitals(page: Page): Promise<Vitals> {
  return page.evaluate(async (pause) => {
    await new Promise((resolve) => setTimeout(resolve, pause));
    return { ...window.holdfastVitals };
  }, HANDED_OVER_AFTER);
}

/** Longer than any touch takes to lead to something. Unit: ms. */
const TOLD_WITHIN = 5_000;

/**
 * Touches the middle of what is there and waits until the browser has measured what it led to. Nothing of ours runs in
 * the page meanwhile: a look for elements by their role takes a slow phone longer than what is measured.
 */
export async function touch(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const box = await target.boundingBox();
  if (box === null) throw new Error(`${target.toString()} is not on the page.`);
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  });
  const told = page.waitForEvent('console', {
    predicate: (message) => message.text() === CLICKED,
    timeout: TOLD_WITHIN,
  });
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  await told;
}

declare global {
  interface Window {
    holdfastVitals: { largestPaint: number; slowestInteraction: number; layoutShift: number };
  }
}

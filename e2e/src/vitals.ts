/// <reference lib="dom" />
import type { Page } from 'playwright-core';

export interface Vitals {
  /** Largest contentful paint so far, since the page was asked for. Unit: ms. */
  readonly largestPaint: number;
  /** The slowest interaction so far, from the touch to the frame that shows its effect. Unit: ms; 0 without any. */
  readonly slowestInteraction: number;
  readonly layoutShift: number;
}

/** Writes down what the browser measures of every page that this one opens from now on. */
export async function watchVitals(page: Page): Promise<void> {
  await page.addInitScript(() => {
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
        if ('interactionId' in entry && entry.interactionId !== 0)
          seen.slowestInteraction = Math.max(seen.slowestInteraction, entry.duration);
      },
      { durationThreshold: 16 },
    );
    watch('layout-shift', (entry) => {
      if ('hadRecentInput' in entry && entry.hadRecentInput === true) return;
      if ('value' in entry && typeof entry.value === 'number') seen.layoutShift += entry.value;
    });
  });
}

/** After the entries of the last frames have been handed over. Unit of the pause: ms. */
const HANDED_OVER_AFTER = 100;

export async function readVitals(page: Page): Promise<Vitals> {
  return page.evaluate(async (pause) => {
    await new Promise((resolve) => setTimeout(resolve, pause));
    return { ...window.holdfastVitals };
  }, HANDED_OVER_AFTER);
}

declare global {
  interface Window {
    holdfastVitals: { largestPaint: number; slowestInteraction: number; layoutShift: number };
  }
}

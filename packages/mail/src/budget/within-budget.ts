import type { OutageWatch } from './outage-watch.ts';

/** The time ran out, or what was asked is known to be gone. */
export class OverBudgetError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OverBudgetError';
  }
}

/**
 * Waits for the work, but no longer than its budget, and not at all once the watch knows that nothing will come. Rejects
 * with `OverBudgetError` then; the work itself goes on unheard.
 */
export async function withinBudget<T>(
  work: Promise<T>,
  budgetMs: number,
  watch: OutageWatch,
): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    watch.overran();
    reject(new OverBudgetError(`Took longer than ${Math.round(budgetMs)} ms`));
  }, budgetMs);
  const forget = watch.onGone(() => reject(new OverBudgetError('Known to be gone')));
  work.catch(() => undefined);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    forget();
  }
}

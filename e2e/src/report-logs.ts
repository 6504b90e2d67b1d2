import { afterEach } from 'vitest';
import type { Product } from './product.ts';

/** After a failed test of this file, prints the ends of the product's logs. */
export function reportLogsOfFailures(product: () => Product | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const running = product();
    if (running !== undefined) console.error(await running.logTails());
  });
}

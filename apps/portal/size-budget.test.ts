import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUDGETS, measure } from './size-budget.ts';

describe('size budgets of what is built', async () => {
  const sizes = await measure(join(import.meta.dirname, 'dist'));
  test.each(BUDGETS)('$name ≤ $limit bytes gzip', ({ name, limit }) => {
    expect(sizes[name]).toBeLessThanOrEqual(limit);
  });
});

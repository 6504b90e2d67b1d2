import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { measure } from './size-budget.ts';

describe('size budgets of what is built', async () => {
  const parts = await measure(join(import.meta.dirname, 'dist'));
  test.each(parts)('$name ≤ $limit bytes gzip', ({ bytes, limit }) => {
    expect(bytes).toBeLessThanOrEqual(limit);
  });

  test('the pages that people need first in an outage are chunks of their own', () => {
    const names = parts.map(({ name }) => name);
    expect(names).toContain('src/reader/reader.tsx js');
    expect(names).toContain('src/composer/composer.tsx js');
  });
});

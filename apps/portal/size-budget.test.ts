import { LANGUAGES } from '@holdfast/contracts';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { measure } from './size-budget.ts';

describe.each(LANGUAGES)('size budgets of what is built in the language %s', async (language) => {
  const parts = await measure(join(import.meta.dirname, 'dist'), language);
  test.each(parts)('$name ≤ $limit bytes gzip', ({ bytes, limit }) => {
    expect(bytes).toBeLessThanOrEqual(limit);
  });

  test('the pages that people need first in an outage are chunks of their own', () => {
    const names = parts.map(({ name }) => name);
    expect(names).toContain('src/reader/reader.tsx js');
    expect(names).toContain('src/composer/composer.tsx js');
  });
});

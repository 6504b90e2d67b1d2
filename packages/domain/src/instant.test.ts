import { describe, expect, it } from 'vitest';
import { DAY, dayOf } from './instant.ts';

describe('the partition day', () => {
  it('is the UTC calendar day', () => {
    expect(dayOf(Date.UTC(2026, 10, 23, 23, 59, 59, 999))).toBe('2026-11-23');
    expect(dayOf(Date.UTC(2026, 10, 23) + DAY)).toBe('2026-11-24');
  });
});

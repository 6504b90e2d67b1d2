import { describe, expect, it } from 'vitest';
import { firstIdAt, mayCopy } from './mailbox-copy.ts';

describe('copying', () => {
  it.each([
    [null, null, true],
    [null, { state: 'healthy' }, true],
    [null, { state: 'suspect' }, false],
    [null, { state: 'down' }, false],
    [{ phase: 'active' }, { state: 'healthy' }, false],
    [{ phase: 'recovering', settledAt: null }, { state: 'healthy' }, false],
    [{ phase: 'recovering', settledAt: 5 }, { state: 'healthy' }, true],
    [{ phase: 'closed', settledAt: null }, { state: 'recovering' }, true],
  ])('in event %j and health %j: %s', (event, health, may) => {
    expect(mayCopy(event, health)).toBe(may);
  });
});

describe('an id of an instant', () => {
  it('sorts by it', () => {
    expect(firstIdAt(Date.UTC(2026, 10, 20)) < firstIdAt(Date.UTC(2026, 10, 21))).toBe(true);
    expect(firstIdAt(0)).toBe('00000000-0000-7000-8000-000000000000');
  });
});

import { describe, expect, test } from 'vitest';
import { emptyPreflight, PREFLIGHT_CHECKS, withItem } from './preflight.ts';

describe('the pre-flight list', () => {
  test('asks for nothing of a tier that was not asked for', () => {
    const items = emptyPreflight(['read']);
    const waiting = items.filter(({ result }) => result === 'waiting').map(({ check }) => check);
    expect(waiting).toEqual(
      PREFLIGHT_CHECKS.filter(({ tier }) => tier === 'read').map(({ check }) => check),
    );
    expect(items).toHaveLength(PREFLIGHT_CHECKS.length);
  });

  test('fills in its places', () => {
    const item = { check: 'users', result: 'ok', detail: '' } as const;
    const items = withItem(emptyPreflight(['read']), item);
    expect(items.filter(({ result }) => result === 'ok')).toEqual([item]);
    expect(items.map(({ check }) => check)).toEqual(PREFLIGHT_CHECKS.map(({ check }) => check));
  });
});

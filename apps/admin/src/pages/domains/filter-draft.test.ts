import { expect, it } from 'vitest';
import { isSameFilter, linesOf, whyNotSaved } from './filter-draft.ts';

it('reads one entry a line and drops empty ones', () => {
  expect(linesOf(' 192.0.2.1\r\n\n198.51.100.0/24 ')).toEqual(['192.0.2.1', '198.51.100.0/24']);
});

it('asks for the hops before the confirmation, and for nothing without a filter', () => {
  const draft = { filterMode: 'filter-in-front', hops: '', confirmed: false } as const;
  expect(whyNotSaved(draft)).toBe('hops');
  expect(whyNotSaved({ ...draft, hops: '192.0.2.1' })).toBe('confirmation');
  expect(whyNotSaved({ ...draft, filterMode: 'none' })).toBeNull();
});

it('sees no change in the hops of a filter that does not stay', () => {
  const removed = { filterMode: 'filter-removed', hops: 'a', confirmed: false } as const;
  expect(isSameFilter(removed, { ...removed, hops: 'b' })).toBe(true);
});

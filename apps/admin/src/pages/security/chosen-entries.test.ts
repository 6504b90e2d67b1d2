import { expect, it } from 'vitest';
import { choicesOf, chosenEntries } from './chosen-entries.ts';

const there = {
  kind: 'block',
  type: 'domain-only',
  value: '=new.example',
  forDomain: null,
  forUserId: null,
  userAddress: null,
  expiresAt: null,
  note: 'Anti-spam policy "Default"',
} as const;
const here = {
  ...there,
  id: 'ours',
  kind: 'allow',
  readable: null,
  source: 'administrator',
  addedBy: 'olga@contoso.example',
  addedAt: '2026-11-25T09:00:00.000Z',
} as const;
const comparison = {
  at: '2026-11-25T09:00:00.000Z',
  same: 0,
  onlyThere: [there],
  onlyHere: [],
  different: [{ here, there: { ...there, value: '=other.example' } }],
  refused: [],
  counts: { onlyThere: 1, onlyHere: 0, different: 1, refused: 0 },
  notFiltered: { urls: 0, files: 0, simulations: 0 },
  unread: [],
};

it('what is ticked goes to the server, in the place of ours where both say something', () => {
  const choices = choicesOf(comparison);
  expect(chosenEntries(choices, new Set())).toEqual([]);
  const all = new Set(choices.map(({ key }) => key));
  expect(all.size).toBe(2);
  expect(chosenEntries(choices, all).map(({ value, replaces }) => [value, replaces])).toEqual([
    ['=other.example', 'ours'],
    ['=new.example', null],
  ]);
});

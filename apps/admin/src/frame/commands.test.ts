import { expect, it } from 'vitest';
import { matchCommands, type Command } from './commands.ts';

const command = (label: string): Command => ({ id: label, label, group: '', run: () => undefined });
const all = ['Overview', 'Users', 'Users who cannot be reached today', 'Email Security'].map(
  command,
);
const found = (query: string) => matchCommands(all, query).map((entry) => entry.label);

it('shows everything before anything is typed', () => {
  expect(found(' ')).toHaveLength(4);
});

it('matches beginnings of words, in any order', () => {
  expect(found('sec em')).toEqual(['Email Security']);
  expect(found('reach us')).toEqual(['Users who cannot be reached today']);
  expect(found('xyz')).toEqual([]);
});

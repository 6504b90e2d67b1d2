import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderReferencePage } from './reference-page.ts';
import type { Setting } from './setting.ts';
import { SETTINGS } from './settings.ts';

const PAGE = join(import.meta.dirname, '../../../../docs/configuration.md');
const settings = Object.values<Setting<unknown>>(SETTINGS);

test('docs/configuration.md is what the settings say', async () => {
  await expect(renderReferencePage()).toMatchFileSnapshot(PAGE);
});

test('every setting has its heading, in the order of the settings', () => {
  const headings = renderReferencePage()
    .split('\n')
    .filter((line) => line.startsWith('## '));
  expect(headings).toEqual(settings.map(({ name }) => `## ${name}`));
});

test('the example of a setting is one that it takes', () => {
  const refused = settings.filter(({ read, example }) => !read(example).ok);
  expect(refused.map(({ name }) => name)).toEqual([]);
});

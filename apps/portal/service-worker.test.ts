import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const DIST = join(import.meta.dirname, 'dist');

test('the service worker keeps files that are there: one that is missing would keep it from being installed', async () => {
  const code = await readFile(join(DIST, 'service-worker.js'), 'utf8');
  const files = [...code.matchAll(/"(\/assets\/[^"]+)"/g)].flatMap(([, file]) => file ?? []);
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !existsSync(join(DIST, file)))).toEqual([]);
  expect(code).not.toMatch(/__\w+__|\bimport\b/);
});

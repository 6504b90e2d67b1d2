import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { LANGUAGES } from '@holdfast/contracts';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pageFileOf } from './language-plugin.ts';
import { serviceWorkerOf } from './service-worker-plugin.ts';

const DIST = join(import.meta.dirname, 'dist');

test.each(LANGUAGES)(
  'the service worker of %s keeps files that are there: one that is missing would keep it from being installed',
  async (language) => {
    const code = await readFile(join(DIST, serviceWorkerOf(language)), 'utf8');
    const files = [...code.matchAll(/"(\/assets\/[^"]+)"/g)].flatMap(([, file]) => file ?? []);
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => !existsSync(join(DIST, file)))).toEqual([]);
    expect(code).toContain(`/${pageFileOf(language)}`);
    expect(existsSync(join(DIST, pageFileOf(language)))).toBe(true);
    expect(code).not.toMatch(/__\w+__|\bimport\b/);
  },
);

import type { Language } from '@holdfast/contracts';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { pageFileOf } from './language-plugin.ts';

/** Their addresses may not change: browsers look there for a newer one. One for each language, as its files are others. */
export const serviceWorkerOf = (language: Language): string =>
  language === 'en' ? 'service-worker.js' : `service-worker.${language}.js`;

/**
 * Tells the service worker of a language which files there are, and gives each build a name of its own. After everything is written:
 * Vite takes away entries that turned out empty, and one missing file would keep the worker from being installed.
 */
export function listFilesForServiceWorker(language: Language): Plugin {
  return {
    name: 'holdfast:service-worker',
    async writeBundle({ dir }, bundle) {
      const worker = serviceWorkerOf(language);
      const built = bundle[worker];
      if (dir === undefined || built === undefined) return;
      // It is started as a script of its own, which cannot import: the browser would refuse all of it, in silence.
      if (built.type === 'chunk' && built.imports.length > 0)
        throw new Error(
          `${worker} imports ${built.imports.join(', ')}: keep its words out of the page's`,
        );
      const files = Object.keys(bundle)
        .filter((name) => name.startsWith('assets/'))
        .toSorted()
        .map((name) => `/${name}`);
      const path = join(dir, worker);
      const code = await readFile(path, 'utf8');
      // The page as well: one that says something else with the same files is another version.
      const page = await readFile(join(dir, pageFileOf(language)), 'utf8');
      const build = createHash('sha256')
        .update(JSON.stringify([files, code, page]))
        .digest('hex');
      const told = code
        .replaceAll('__PAGE__', () => JSON.stringify(`/${pageFileOf(language)}`))
        .replaceAll('__FILES__', () => JSON.stringify(files))
        .replaceAll('__BUILD__', () => JSON.stringify(build.slice(0, 12)));
      await writeFile(path, told);
    },
  };
}

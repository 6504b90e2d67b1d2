import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Its address may not change: browsers look there for a newer one. */
export const SERVICE_WORKER = 'service-worker.js';

/**
 * Tells the service worker which files there are, and gives each build a name of its own. After everything is written:
 * Vite takes away entries that turned out empty, and one missing file would keep the worker from being installed.
 */
export function listFilesForServiceWorker(): Plugin {
  return {
    name: 'holdfast:service-worker',
    async writeBundle({ dir }, bundle) {
      if (dir === undefined || bundle[SERVICE_WORKER] === undefined) return;
      const files = Object.keys(bundle)
        .filter((name) => name.startsWith('assets/'))
        .toSorted()
        .map((name) => `/${name}`);
      const path = join(dir, SERVICE_WORKER);
      const code = await readFile(path, 'utf8');
      const build = createHash('sha256')
        .update(JSON.stringify([files, code]))
        .digest('hex');
      const told = code
        .replace('__FILES__', () => JSON.stringify(files))
        .replace('__BUILD__', () => JSON.stringify(build.slice(0, 12)));
      await writeFile(path, told);
    },
  };
}

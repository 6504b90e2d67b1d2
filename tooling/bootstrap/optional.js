import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { runInForeground } from './foreground.js';
import { entry, prepare, root, StepFailed } from './toolchain.js';

/**
 * Runs `tooling/<name>/src/main.ts`, or says that this checkout has none.
 *
 * @param {string} name
 * @param {string[]} args
 */
export async function runOptional(name, args) {
  await entry(async () => {
    const script = join('tooling', name, 'src', 'main.ts');
    if (!existsSync(join(root, script))) {
      throw new StepFailed(
        `There are no ${name} in this checkout yet; npm test and npm run check are there.`,
      );
    }
    await prepare({ build: true, output: process.stderr });
    return runInForeground([script, ...args]);
  });
}

import { runInForeground } from './foreground.js';
import { entry, prepare } from './toolchain.js';

// The closing line `N passed, N failed` comes from tooling/vitest; nothing may follow it.
await entry(async () => {
  await prepare({ build: true });
  return runInForeground(['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)]);
});

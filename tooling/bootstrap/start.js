import { runInForeground } from './foreground.js';
import { entry, prepare } from './toolchain.js';

await entry(async () => {
  await prepare({ build: true });
  return runInForeground(['apps/server/src/main.js', 'start', '--demo', ...process.argv.slice(2)]);
});

import { runInForeground } from './foreground.js';
import { entry, prepare } from './toolchain.js';

// Scripts parse what the command prints, so nothing of ours may appear on stdout.
await entry(async () => {
  const args = process.argv.slice(2);
  await prepare({ build: args[0] === 'start', output: process.stderr });
  return runInForeground(['apps/server/src/main.js', ...args]);
});

import { capture, entry, prepare } from './toolchain.js';

/** The machine's two cores are kept busy; more at once only makes each of them slower. */
const AT_ONCE = 2;

/** Longest first. */
const CHECKS = [
  {
    name: 'types',
    command: [
      'turbo',
      'run',
      'typecheck',
      '--continue',
      '--ui=stream',
      '--output-logs=errors-only',
    ],
  },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'dead code', command: ['knip', '--no-progress'] },
  { name: 'formatting', command: ['oxfmt', '--check'] },
  { name: 'boundaries', command: ['turbo', 'boundaries'] },
  { name: 'versions', command: ['sherif'] },
];

await entry(async () => {
  await prepare();
  const waiting = [...CHECKS];
  let failed = 0;
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      if (!(await run(check))) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  process.stdout.write(
    failed === 0 ? 'All checks passed.\n' : `${failed} of ${CHECKS.length} checks failed.\n`,
  );
  return failed === 0 ? 0 : 1;
});

async function run({ name, command }) {
  const started = Date.now();
  const { code, text } = await capture(command[0], command.slice(1));
  const mark = code === 0 ? '✓' : '✗';
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${mark} ${name.padEnd(12)}${seconds.padStart(6)} s\n`);
  if (code !== 0) process.stdout.write(`\n${text.trimEnd()}\n\n`);
  return code === 0;
}

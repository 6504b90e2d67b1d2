/**
 * `npm run bench -- <name> [--json] [--short]`: measures what the documents quote. Every benchmark is a file of its name
 * in `benchmarks/` and says what it holds still; the last line says whether the target is met. `all` runs each of them.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { missingSentence } from '@holdfast/rig/debian-programs';
import { meets, meetsLine, type Benchmark, type BenchmarkResult, type Line } from './benchmark.ts';

const EXIT_USAGE = 64;
const EXIT_UNAVAILABLE = 69;

await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const known = benchmarkNames();
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const names = wanted.includes('all') ? known : wanted;
  const unknown = names.filter((name) => !known.includes(name));
  if (names.length === 0 || unknown.length > 0) {
    process.stderr.write(
      `Name a benchmark: ${known.join(', ')}, or all. For example: npm run bench -- ${known[0]}\n`,
    );
    process.exitCode = EXIT_USAGE;
    return;
  }
  for (const name of names) {
    const { benchmark } = (await import(`./benchmarks/${name}.ts`)) as {
      readonly benchmark: Benchmark;
    };
    const missing = missingSentence(benchmark.needs);
    if (missing !== null) {
      process.stderr.write(`${name}: ${missing}\n`);
      process.exitCode = EXIT_UNAVAILABLE;
      continue;
    }
    const result = await benchmark.run(args.includes('--short') ? 'short' : 'full');
    process.stdout.write(args.includes('--json') ? `${JSON.stringify(result)}\n` : shown(result));
  }
}

function benchmarkNames(): readonly string[] {
  return readdirSync(join(import.meta.dirname, 'benchmarks'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted();
}

function shown(result: BenchmarkResult): string {
  const figures = Object.entries(result.calibration).map(([what, value]) => `${what} ${value}`);
  const lines = result.lines.map(
    (line) =>
      `  ${line.what}: ${line.ours} ${line.unit}${line.peer === null ? '' : `, peer ${line.peer}, ratio ${line.ratio}`}${verdict(line)}`,
  );
  const met = meets(result);
  const target =
    result.target === null
      ? []
      : [
          `  target: ${result.target.of} ${result.target.is} ${result.target.value}: ${word(met === true)}`,
        ];
  return [
    `${result.name} (${result.runs} runs)`,
    ...lines,
    ...(figures.length === 0 ? [] : [`  this machine, same run: ${figures.join(', ')}`]),
    ...target,
    '',
  ].join('\n');
}

function verdict(line: Line): string {
  const met = meetsLine(line);
  return met === null ? '' : `, at most ${line.atMost}: ${word(met)}`;
}

function word(isMet: boolean): string {
  return isMet ? 'met' : 'missed';
}

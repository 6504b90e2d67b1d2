/**
 * `npm run bench -- <name> [--json]`: measures one figure that the documents quote. Each benchmark is a file of its own
 * and says what it holds still.
 */
import { benchmarkStart } from './start.ts';

export interface BenchmarkResult {
  readonly name: string;
  readonly ours: Readonly<Record<string, number>>;
  readonly unit: 's';
  readonly runs: number;
}

const BENCHMARKS: Readonly<Record<string, () => Promise<BenchmarkResult>>> = {
  start: benchmarkStart,
};

const [name, ...flags] = process.argv.slice(2);
const benchmark = name === undefined ? undefined : BENCHMARKS[name];
if (benchmark === undefined) {
  const names = Object.keys(BENCHMARKS).join(', ');
  process.stderr.write(`Name a benchmark: ${names}. For example: npm run bench -- start\n`);
  process.exitCode = 64;
} else {
  const result = await benchmark();
  const lines = Object.entries(result.ours).map(
    ([what, value]) => `${what}: ${value} ${result.unit}`,
  );
  process.stdout.write(`${flags.includes('--json') ? JSON.stringify(result) : lines.join('\n')}\n`);
}

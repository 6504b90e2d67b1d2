import type { DebianProgram } from '@holdfast/rig/debian-programs';

/** `short` is CI's smoke: the whole way in seconds, too little of it to judge a ratio by. */
export type BenchmarkForm = 'short' | 'full';

export interface Benchmark {
  readonly name: string;
  readonly needs: readonly DebianProgram[];
  run(form: BenchmarkForm): Promise<BenchmarkResult>;
}

/** One figure beside the one that is judged. */
export interface Line {
  readonly what: string;
  readonly ours: number;
  readonly peer: number | null;
  readonly ratio: number | null;
  readonly unit: string;
  /** Judged as well; without it the line is only said. */
  readonly atMost?: number;
}

/** What `--json` prints. `ours`, `peer` and `ratio` are medians; the pairs behind them are in `lines` where they say more. */
export interface BenchmarkResult {
  readonly name: string;
  readonly ours: number;
  /** Null where the target is absolute. */
  readonly peer: number | null;
  readonly ratio: number | null;
  readonly unit: string;
  readonly runs: number;
  readonly target: Target | null;
  readonly lines: readonly Line[];
  /** What this machine did in the same run; figures mean nothing without it. */
  readonly calibration: Readonly<Record<string, number>>;
}

interface Target {
  readonly of: 'ours' | 'ratio';
  readonly is: 'at least' | 'at most';
  readonly value: number;
}

/** Null: nothing is judged. */
export function meets(result: BenchmarkResult): boolean | null {
  const judged = [meetsTarget(result), ...result.lines.map(meetsLine)];
  if (judged.every((one) => one === null)) return null;
  return !judged.includes(false);
}

export function meetsLine({ ours, atMost }: Line): boolean | null {
  return atMost === undefined ? null : ours <= atMost;
}

function meetsTarget(result: BenchmarkResult): boolean | null {
  if (result.target === null) return null;
  const value = result[result.target.of];
  if (value === null) return null;
  return result.target.is === 'at least'
    ? value >= result.target.value
    : value <= result.target.value;
}

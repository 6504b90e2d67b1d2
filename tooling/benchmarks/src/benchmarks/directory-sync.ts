import { freePorts } from '@holdfast/e2e/free-ports';
import { calibrate } from '@holdfast/rig/calibration';
import { startDirectoryOnTrial, type DirectoryOnTrial } from '@holdfast/rig/directory-on-trial';
import { watchLiveHeap } from '@holdfast/rig/live-heap';
import type { Benchmark, BenchmarkForm, Line } from '../benchmark.ts';
import { quantile, rounded } from '../statistics.ts';

const USERS: Readonly<Record<BenchmarkForm, { readonly large: number; readonly small: number }>> = {
  full: { large: 48_000, small: 4800 },
  short: { large: 2900, small: 300 },
};
const TARGET_SECONDS = 120;
const CHANGED_SHARE = 0.01;
const PAGES: Readonly<Record<BenchmarkForm, number>> = { full: 100, short: 20 };
const MEGABYTE = 1024 * 1024;
/** Of V8's old space: a worker at rest has 55 in use. Unit: MiB. */
const BOUNDED_HEAP = 96;
/** Ten times the users may need so much more heap, of which ids still to be asked about are the most. Unit: MiB. */
const MOST_MORE_HEAP = 16;
/** And so much more of the machine's memory, buffers and V8's own slack included. Unit: MiB. */
const MOST_MORE_RESIDENT = 32;

/**
 * A tenant read whole, then its changes, by a worker that must not need more memory for more of them. What it needs is
 * told by a worker whose heap is bounded, and what is in use right after a collection: left alone, V8 takes more of the
 * machine with every second of work, and gives it back when nobody asks.
 */
export const benchmark: Benchmark = {
  name: 'directory-sync',
  needs: [],
  async run(form) {
    const calibration = { ...calibrate() };
    const { large, small } = USERS[form];
    const few = await memoryNeeded(small);
    const many = await memoryNeeded(large);
    await using trial = await startDirectoryOnTrial(large);
    const first = await synced(trial);
    const peak = trial.peak();
    await trial.change(CHANGED_SHARE, 'bench');
    const delta = await synced(trial);
    const again = await synced(trial, true);
    const pages = await timePages(trial, PAGES[form]);
    const none = { peer: null, ratio: null };
    const line = (what: string, ours: number, unit: string): Line => ({
      ...none,
      what,
      ours: rounded(ours),
      unit,
    });
    const judged = line(`first full pass, ${first.seen} entries`, first.took / 1000, 's');
    return {
      ...none,
      name: 'directory-sync',
      ours: judged.ours,
      unit: 's',
      runs: 1,
      target: { of: 'ours', is: 'at most', value: TARGET_SECONDS },
      lines: [
        judged,
        line(`changes of ${delta.changed} users, Exchange's list whole`, delta.took / 1000, 's'),
        line('another full pass, nothing changed', again.took / 1000, 's'),
        line(`live heap at most, ${large} users`, many.heap / MEGABYTE, 'MiB'),
        {
          ...line(`more than with ${small} users`, (many.heap - few.heap) / MEGABYTE, 'MiB'),
          atMost: MOST_MORE_HEAP,
        },
        line(
          `resident memory at most, heap of ${BOUNDED_HEAP} MiB, ${large} users`,
          many.resident / MEGABYTE,
          'MiB',
        ),
        {
          ...line(
            `more than with ${small} users`,
            (many.resident - few.resident) / MEGABYTE,
            'MiB',
          ),
          atMost: MOST_MORE_RESIDENT,
        },
        line('resident memory, heap left to V8', peak / MEGABYTE, 'MiB'),
        line('the same after all passes', trial.peak() / MEGABYTE, 'MiB'),
        line('users page, p95 of the query', quantile(pages, 0.95), 'ms'),
      ],
      calibration,
    };
  },
};

/** Unit: bytes. A worker that needs more than it may have ends, and the run with it. */
async function memoryNeeded(
  users: number,
): Promise<{ readonly heap: number; readonly resident: number }> {
  const [inspector = 0] = await freePorts(1);
  await using trial = await startDirectoryOnTrial(users, [
    `--inspect=127.0.0.1:${inspector}`,
    `--max-old-space-size=${BOUNDED_HEAP}`,
  ]);
  const heap = await watchLiveHeap(inspector);
  await synced(trial);
  await heap.stop();
  return { heap: heap.peak(), resident: trial.peak() };
}

async function synced(trial: DirectoryOnTrial, full = false) {
  const outcome = await trial.sync({ full });
  if (outcome.state !== 'done') throw new Error(`${outcome.state}: ${outcome.detail ?? ''}`);
  return outcome;
}

/** As people look: the first page, by a name, by an address, by another column, and far down. */
async function timePages(trial: DirectoryOnTrial, looks: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let look = 0; look < looks; look += 1) {
    const questions = [
      {},
      { search: `ada ${look % 10}` },
      { search: `u${look}@` },
      { sort: 'alternateInfo', kinds: ['user'] },
      { sort: 'address', offset: look * 50, descending: true },
    ] as const;
    times.push(await trial.page(questions[look % questions.length] ?? {}));
  }
  return times;
}

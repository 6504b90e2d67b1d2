import { calibrate } from '@holdfast/rig/calibration';
import {
  fillDatabase,
  OPEN,
  RECIPIENTS,
  SENDERS,
  type FilledDatabase,
} from '@holdfast/rig/filled-database';
import type { Benchmark, BenchmarkForm, Line } from '../benchmark.ts';
import { quantile, rounded } from '../statistics.ts';

const MESSAGES: Readonly<Record<BenchmarkForm, number>> = { full: 1_000_000, short: 20_000 };
const RUNS: Readonly<Record<BenchmarkForm, number>> = { full: 20, short: 5 };
const DAY = 86_400_000;
/** A page that a person waits for. Unit: ms. */
const TARGET = 300;

type Question = (filled: FilledDatabase, turn: number) => Promise<unknown>;

const ALL = {
  sender: '',
  recipient: '',
  subject: '',
  rfcMessageId: '',
  recordId: null,
  since: null,
  until: null,
  limit: 50,
  after: null,
};
const PAGE = {
  ...OPEN,
  sort: 'accepted',
  descending: false,
  limit: 50,
  after: null,
  before: null,
} as const;

const trace =
  (
    change: (turn: number, now: number) => Partial<Omit<typeof ALL, 'since'>> & { since?: number },
  ): Question =>
  ({ within, now }, turn) =>
    within(({ traces }) => traces.page({ ...ALL, ...change(turn, now) }));

const sender = (turn: number): string =>
  `sender${(turn * 7919 * 31) % SENDERS}@domain${(turn * 31) % 997}.example`;

const QUESTIONS: Readonly<Record<string, Question>> = {
  'trace, newest of 30 days': trace(() => ({})),
  'trace by whole sender': trace((turn) => ({ sender: sender(turn) })),
  'trace by a part of the sender': trace((turn) => ({ sender: `@domain${turn * 13}.` })),
  'trace by whole recipient': trace((turn) => ({
    recipient: `user${(turn * 101) % RECIPIENTS}@contoso.example`,
  })),
  'trace by a part of the recipient': trace((turn) => ({ recipient: `user${turn}@` })),
  'trace by recipient and subject': trace((turn) => ({
    recipient: `user${(turn * 101) % RECIPIENTS}@contoso.example`,
    subject: 'customer 4',
  })),
  'trace by subject that is met often': trace(() => ({ subject: 'delivery on thursday' })),
  'trace by subject that one message has': trace((turn) => ({
    subject: `order ${turn * 17 + 5} of`,
  })),
  'trace by subject that none has, 30 days': trace(() => ({ subject: 'no such words' })),
  'trace by subject that none has, 7 days': trace((_, now) => ({
    subject: 'no such words',
    since: now - 7 * DAY,
  })),
  'trace by Message-ID': trace((turn) => ({ rfcMessageId: `${turn * 1009}@rig.example` })),
  'queue, first page of 100,000': ({ within }) => within(({ queue }) => queue.page(PAGE)),
  'queue, by a part of the sender': ({ within }, turn) =>
    within(({ queue }) => queue.page({ ...PAGE, search: `sender${turn * 11}@` })),
  'queue, by why it waits': ({ within }) =>
    within(({ queue }) => queue.page({ ...PAGE, reasons: ['throttled'] })),
  'queue, sorted by next try': ({ within }) =>
    within(({ queue }) => queue.page({ ...PAGE, sort: 'due', descending: true })),
  'queue, counts by state and reason': ({ within }) => within(({ queue }) => queue.counts()),
};

/** What an administrator waits for on the pages queue and trace, with 30 days of mail and a tenth of it waiting. */
export const benchmark: Benchmark = {
  name: 'trace',
  needs: [],
  async run(form) {
    await using filled = await fillDatabase(MESSAGES[form]);
    const lines: Line[] = [];
    for (const [what, question] of Object.entries(QUESTIONS)) {
      const took: number[] = [];
      for (let turn = 0; turn < RUNS[form]; turn += 1) {
        const startedAt = performance.now();
        await question(filled, turn + 1);
        took.push(performance.now() - startedAt);
      }
      const ours = rounded(quantile(took, 0.95));
      lines.push({ what, ours, peer: null, ratio: null, unit: 'ms (p95)' });
    }
    return {
      name: 'trace',
      ours: Math.max(...lines.map(({ ours }) => ours)),
      peer: null,
      ratio: null,
      unit: 'ms (p95 of the slowest question)',
      runs: RUNS[form],
      target: { of: 'ours', is: 'at most', value: TARGET },
      lines,
      calibration: { ...calibrate() },
    };
  },
};

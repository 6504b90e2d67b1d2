import { setTimeout as wait } from 'node:timers/promises';
import { smallMessage } from '@holdfast/e2e/mail';
import { sendLoad, type LoadMessage } from '@holdfast/e2e/smtp-client';
import { calibrate, commitRate } from '@holdfast/rig/calibration';
import { startMailPath, type MailPath } from '@holdfast/rig/mail-path';
import { PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { SENDER } from '@holdfast/rig/sender-domain';
import { startSmtpSink } from '@holdfast/rig/smtp-sink';
import type { Benchmark, BenchmarkForm } from '../benchmark.ts';
import { quantile, rounded } from '../statistics.ts';

const SECOND = 1000;
const RATE = 300;
/** Below this the load was another than the one that is judged. Messages per second. */
const LEAST_RATE = 250;
const SECONDS: Readonly<Record<BenchmarkForm, number>> = { full: 30, short: 3 };
const CONNECTIONS = 20;
const TARGET_MS = 1000;
/** Between two looks into the mailbox: what is found may have been there for so long. Unit: milliseconds. */
const LOOK_EVERY = 20;
/** Ids are given in order but written by several connections: a look starts this many before the last one seen. */
const LOOK_BACK = 200;
const PATIENCE = 60 * SECOND;

/** From the client's `250` to the item in the emergency mailbox, with relay running beside it. */
export const benchmark: Benchmark = {
  name: 'visible',
  needs: ['smtp-sink'],
  async run(form) {
    await using path = await startMailPath();
    const calibration = { ...calibrate(), commitsPerSecond: await commitRate(path.sql) };
    const sink = await startSmtpSink({ port: path.tenantPort });
    try {
      for (const role of ['mx', 'ingest', 'relay'] as const) await path.start(role);
      await measure(path, 'warm', 2);
      const { delays, rate } = await measure(path, 'judged', SECONDS[form]);
      // The short form runs beside other work, and its times are judged by nobody.
      if (form === 'full' && rate < LEAST_RATE)
        throw new Error(`${RATE}/s were not reached, but ${rate}/s. Run it on a quiet machine.`);
      const none = { peer: null, ratio: null, unit: 'ms' };
      const line = (what: string, share: number) => ({
        ...none,
        what,
        ours: rounded(quantile(delays, share)),
      });
      const p99 = line(`p99 of ${delays.length} messages at ${RATE}/s`, 0.99);
      return {
        ...none,
        name: 'visible',
        ours: p99.ours,
        runs: 1,
        target: { of: 'ours', is: 'at most', value: TARGET_MS },
        lines: [
          line('median', 0.5),
          p99,
          line('slowest', 1),
          { ...none, what: 'taken', ours: rate, unit: 'messages/s' },
        ],
        calibration,
      };
    } finally {
      await sink.stop();
    }
  },
};

interface Measured {
  /** From 250 to visible, one for each message. Unit: milliseconds. */
  readonly delays: readonly number[];
  /** Messages per second, as they were taken. */
  readonly rate: number;
}

async function measure(path: MailPath, name: string, seconds: number): Promise<Measured> {
  const count = RATE * seconds;
  const seen = new Map<string, number>();
  const done = new AbortController();
  const looking = look(path, name, seen, done.signal);
  try {
    const startedAt = performance.now();
    let next = 0;
    const report = await sendLoad({
      port: path.mxPort,
      connections: CONNECTIONS,
      count,
      message: (number) => message(name, number),
      async gate() {
        const slot = startedAt + (next++ * SECOND) / RATE;
        const left = slot - performance.now();
        if (left > 0) await wait(left);
      },
    });
    const took = (performance.now() - startedAt) / SECOND;
    if (report.accepted.length < count) throw new Error('Not every message was accepted.');
    const deadline = Date.now() + PATIENCE;
    while (seen.size < count && Date.now() < deadline) await wait(LOOK_EVERY);
    const delays = report.accepted.map(({ messageId, at }) => {
      const visible = seen.get(messageId);
      if (visible === undefined) throw new Error(`${messageId} never showed in the mailbox.`);
      // A look may find it before the client has read its 250.
      return Math.max(0, visible - at);
    });
    return { delays, rate: rounded(count / took) };
  } finally {
    done.abort();
    await looking;
  }
}

async function look(
  path: MailPath,
  name: string,
  seen: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const ids: string[] = [];
  while (!signal.aborted) {
    const from = ids.at(-LOOK_BACK) ?? '00000000-0000-0000-0000-000000000000';
    const rows = await path.sql<{ id: string; messageId: string }[]>`
      select message.id, message.message_id as "messageId"
      from messages message
      join mailbox_items item
        on item.accepted_day = message.accepted_day and item.message_id = message.id
      where message.accepted_day >= current_date - 1 and message.id > ${from}
        and message.message_id like ${`<${name}-%`}
      order by message.id`;
    const now = Date.now();
    for (const { id, messageId } of rows) {
      if (seen.has(messageId)) continue;
      seen.set(messageId, now);
      ids.push(id);
    }
    await wait(LOOK_EVERY);
  }
}

function message(name: string, number: number): LoadMessage {
  const messageId = `<${name}-${number}@fabrikam.example>`;
  const envelope = { messageId, from: SENDER };
  return {
    ...envelope,
    recipient: PROTECTED_RECIPIENT,
    raw: smallMessage({
      ...envelope,
      to: PROTECTED_RECIPIENT,
      subject: `Parcel ${number}`,
      body: `${'A line of an ordinary message.'.padEnd(70)}\r\n`.repeat(56),
    }),
  };
}

import { setTimeout as wait } from 'node:timers/promises';
import { waitFor } from '@holdfast/e2e/wait-for';
import { calibrate, commitRate } from '@holdfast/rig/calibration';
import { startMailPath, type MailPath } from '@holdfast/rig/mail-path';
import { residentMemory } from '@holdfast/rig/process-figures';
import { startSmtpSink, type SmtpSink } from '@holdfast/rig/smtp-sink';
import { runSmtpSource } from '@holdfast/rig/smtp-source';
import type { Benchmark, BenchmarkForm, Line } from '../benchmark.ts';
import { median, rounded } from '../statistics.ts';

const MESSAGES: Readonly<Record<BenchmarkForm, number>> = { full: 100_000, short: 500 };
const RECIPIENTS = 20;
const BODY = 4096;
const SESSIONS = 20;
const TARGET_RATE = 1500;
const MEGABYTE = 1024 * 1024;
const LOOK_EVERY = 250;
/** The backlog is taken in and drained within this, or it is a failure. Unit: milliseconds. */
const PATIENCE = 400_000;

/** A backlog for many mailboxes, taken in while no relay runs, handed to smtp-sink as fast as it takes it. */
export const benchmark: Benchmark = {
  name: 'drain',
  needs: ['smtp-source', 'smtp-sink'],
  async run(form) {
    const count = MESSAGES[form];
    // What protects mailboxes of a real tenant would be measured instead.
    await using path = await startMailPath({ HOLDFAST_MAILBOX_RATE: '0' });
    const calibration = { ...calibrate(), commitsPerSecond: await commitRate(path.sql) };
    await path.start('mx');
    await path.start('ingest');
    const took = await fill(path, count);
    const sink = await startSmtpSink({ port: path.tenantPort });
    try {
      const { seconds, memory } = await drain(path, sink, count);
      const fifth = Math.max(1, Math.floor(memory.length / 5));
      const line = (what: string, ours: number, unit: string): Line => ({
        what,
        ours: rounded(ours),
        peer: null,
        ratio: null,
        unit,
      });
      const rate = line(
        `${count} held messages for ${RECIPIENTS} mailboxes`,
        count / seconds,
        'messages/s',
      );
      return {
        ...rate,
        name: 'drain',
        runs: 1,
        target: { of: 'ours', is: 'at least', value: TARGET_RATE },
        lines: [
          rate,
          line('taken in and made into rows before', count / took, 'messages/s'),
          line('memory of relay, second fifth', median(memory.slice(fifth, 2 * fifth + 1)), 'MiB'),
          line('memory of relay, last fifth', median(memory.slice(-fifth)), 'MiB'),
          line('memory of relay, most', Math.max(...memory), 'MiB'),
        ],
        calibration,
      };
    } finally {
      await path.stop('relay');
      await sink.stop();
    }
  },
};

/** Seconds until the messages are accepted and have their rows. */
async function fill(path: MailPath, count: number): Promise<number> {
  const rows = await path.sql<{ address: string }[]>`
    select primary_address as address from directory_objects
    where protected and removed_at is null order by 1 limit ${RECIPIENTS}`;
  const startedAt = performance.now();
  for (const { address } of rows) {
    await runSmtpSource({
      port: path.mxPort,
      recipient: address,
      sessions: SESSIONS,
      messages: Math.ceil(count / rows.length),
      body: BODY,
      reuse: true,
    });
  }
  await waitFor(
    'every message to have its rows',
    async () => (await openDeliveries(path)) >= count,
    { pause: 100, patience: PATIENCE },
  );
  return (performance.now() - startedAt) / 1000;
}

async function openDeliveries(path: MailPath): Promise<number> {
  const [row] = await path.sql<{ open: number }[]>`
    select count(*)::int as open from deliveries where state in ('queued', 'leased', 'deferred')`;
  return row?.open ?? 0;
}

async function drain(
  path: MailPath,
  sink: SmtpSink,
  count: number,
): Promise<{ readonly seconds: number; readonly memory: readonly number[] }> {
  const relay = await path.start('relay');
  const startedAt = performance.now();
  const memory: number[] = [];
  while (sink.messages() < count) {
    if (performance.now() - startedAt > PATIENCE) {
      throw new Error(`Only ${sink.messages()} of ${count} messages were drained in time.`);
    }
    memory.push(residentMemory(relay.pid) / MEGABYTE);
    await wait(LOOK_EVERY);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await waitFor('nothing to be open', async () => (await openDeliveries(path)) === 0);
  return { seconds, memory };
}

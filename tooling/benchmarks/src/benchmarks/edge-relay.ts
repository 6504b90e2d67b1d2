import { freePorts } from '@holdfast/e2e/free-ports';
import { waitFor } from '@holdfast/e2e/wait-for';
import { calibrate, commitRate } from '@holdfast/rig/calibration';
import { startMailPath } from '@holdfast/rig/mail-path';
import { startPostfix } from '@holdfast/rig/postfix';
import { PLAIN_RECIPIENT, PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { startSmtpSink, type SmtpSink } from '@holdfast/rig/smtp-sink';
import { runSmtpSource } from '@holdfast/rig/smtp-source';
import type { Benchmark, BenchmarkForm, Line } from '../benchmark.ts';
import { sideBySide } from '../side-by-side.ts';

const SESSIONS = 20;
const BODY = 4096;
const RUNS: Readonly<Record<BenchmarkForm, number>> = { full: 5, short: 1 };
const MESSAGES: Readonly<Record<BenchmarkForm, number>> = { full: 5000, short: 200 };
const OURS = 'from Holdfast';
const PEER = 'from Postfix';
const TARGET_RATIO = 2;
/** A backlog that is not through by then never will be. Unit: milliseconds. */
const PATIENCE = 120_000;

/**
 * From the first connection until smtp-sink has everything: mx, ingest, PostgreSQL and relay, which also write the
 * rolling copy, beside Postfix. Neither side uses TLS, since smtp-sink has none.
 */
export const benchmark: Benchmark = {
  name: 'edge-relay',
  needs: ['postfix', 'smtp-source', 'smtp-sink'],
  async run(form) {
    await using path = await startMailPath();
    const calibration = { ...calibrate(), commitsPerSecond: await commitRate(path.sql) };
    await using stack = new AsyncDisposableStack();
    const [peerPort = 0, peerSinkPort = 0] = await freePorts(2);
    const ourSink = await startSmtpSink({ port: path.tenantPort });
    stack.defer(() => ourSink.stop());
    const peerSink = await startSmtpSink({ port: peerSinkPort });
    stack.defer(() => peerSink.stop());
    for (const role of ['mx', 'ingest', 'relay'] as const) await path.start(role);
    const peer = await startPostfix({
      port: peerPort,
      recipients: [PROTECTED_RECIPIENT, PLAIN_RECIPIENT],
      task: { kind: 'relay', port: peerSinkPort },
    });
    stack.defer(() => peer.stop());
    const line = async (what: string, recipient: string): Promise<Line> =>
      sideBySide(what, 'messages/s', RUNS[form], {
        ours: () => throughput(OURS, path.mxPort, recipient, ourSink, MESSAGES[form]),
        peer: () => throughput(PEER, peerPort, recipient, peerSink, MESSAGES[form]),
      });
    // Warm code, plans and processes on both sides.
    await throughput(OURS, path.mxPort, PROTECTED_RECIPIENT, ourSink, MESSAGES[form]);
    await throughput(PEER, peerPort, PROTECTED_RECIPIENT, peerSink, MESSAGES[form]);
    const judged = await line(
      'to a protected recipient, with the rolling copy',
      PROTECTED_RECIPIENT,
    );
    const lines = [judged, await line('to a recipient without a mailbox here', PLAIN_RECIPIENT)];
    return {
      ...judged,
      name: 'edge-relay',
      runs: RUNS[form],
      target: { of: 'ratio', is: 'at least', value: TARGET_RATIO },
      lines,
      calibration,
    };
  },
};

async function throughput(
  whose: string,
  port: number,
  recipient: string,
  sink: SmtpSink,
  messages: number,
): Promise<number> {
  const goal = sink.messages() + messages;
  const startedAt = performance.now();
  await runSmtpSource({ port, recipient, sessions: SESSIONS, messages, body: BODY, reuse: true });
  await waitFor(`smtp-sink to have ${goal} messages ${whose}`, () => sink.messages() >= goal, {
    pause: 5,
    patience: PATIENCE,
    instead: () => sink.messages(),
  });
  return (messages * 1000) / (performance.now() - startedAt);
}

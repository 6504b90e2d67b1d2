import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from '@holdfast/e2e/free-ports';
import { calibrate } from '@holdfast/rig/calibration';
import { startLoneMx } from '@holdfast/rig/lone-mx';
import { startPostfix } from '@holdfast/rig/postfix';
import { PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { SENDER } from '@holdfast/rig/sender-domain';
import { runSmtpSource, type Load } from '@holdfast/rig/smtp-source';
import type { Benchmark, BenchmarkForm, Line } from '../benchmark.ts';
import { sideBySide } from '../side-by-side.ts';

/** The reference's own measure: 4 KiB, 20 sessions that go on sending. */
const SESSIONS = 20;
const BODY = 4096;
/** Sessions that carry one message each. */
const ONE_EACH = 400;
const RUNS: Readonly<Record<BenchmarkForm, number>> = { full: 5, short: 1 };
const MESSAGES: Readonly<Record<BenchmarkForm, number>> = { full: 5000, short: 300 };
const TARGET_RATIO = 4;
const SIGNED_LINE = 'X'.repeat(78);

/**
 * Durable acceptance: one mx process in its default configuration (recipient check, SPF, DKIM, DMARC, lists, encryption,
 * fdatasync) against Postfix, which checks the recipient and fsyncs. Nobody reads either queue.
 */
export const benchmark: Benchmark = {
  name: 'edge-accept',
  needs: ['postfix', 'smtp-source'],
  async run(form) {
    const calibration = { ...calibrate() };
    await using mx = await startLoneMx();
    await using stack = new AsyncDisposableStack();
    const [peerPort = 0] = await freePorts(1);
    const recipients = [PROTECTED_RECIPIENT];
    const peer = await startPostfix({ port: peerPort, recipients, task: { kind: 'hold' } });
    stack.defer(() => peer.stop());
    const file = join(mx.directory, 'signed.eml');
    await writeFile(file, mx.sender.sign(signedMessage()).replaceAll('\r\n', '\n'));
    const lines = await compare(form, { ours: mx.port, peer: peerPort }, file);
    return {
      ...lines[0],
      name: 'edge-accept',
      runs: RUNS[form],
      target: { of: 'ratio', is: 'at least', value: TARGET_RATIO },
      lines,
      calibration,
    };
  },
};

async function compare(
  form: BenchmarkForm,
  ports: { readonly ours: number; readonly peer: number },
  signedFile: string,
): Promise<[Line, ...Line[]]> {
  const messages = MESSAGES[form];
  const kept = { recipient: PROTECTED_RECIPIENT, messages, sessions: SESSIONS, reuse: true };
  const rate = async (load: Load): Promise<number> => messages / (await runSmtpSource(load));
  const line = (what: string, load: Omit<Load, 'port'>): Promise<Line> =>
    sideBySide(what, 'messages/s', RUNS[form], {
      ours: () => rate({ ...load, port: ports.ours }),
      peer: () => rate({ ...load, port: ports.peer }),
    });
  const unsigned = { ...kept, body: BODY };
  // Both sides have their processes, caches and code warm before anything counts.
  for (const port of [ports.ours, ports.peer]) await rate({ ...unsigned, port });
  return [
    await line('unsigned mail, 20 sessions, default configuration', unsigned),
    await line('signed mail (rsa-2048), 20 sessions', { ...kept, body: { file: signedFile } }),
    await line('400 sessions of one message per connection', {
      ...unsigned,
      sessions: ONE_EACH,
      reuse: false,
    }),
  ];
}

function signedMessage(): string {
  return [
    `From: ${SENDER}`,
    `To: ${PROTECTED_RECIPIENT}`,
    'Subject: Delivery on Thursday',
    'Message-ID: <signed@fabrikam.example>',
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    '',
    ...Array.from({ length: Math.ceil(BODY / SIGNED_LINE.length) }, () => SIGNED_LINE),
    '',
  ].join('\r\n');
}

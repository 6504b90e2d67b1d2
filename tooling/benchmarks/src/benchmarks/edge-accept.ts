import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from '@holdfast/e2e/free-ports';
import { calibrate } from '@holdfast/rig/calibration';
import { startBareMx, startLoneMx } from '@holdfast/rig/lone-mx';
import { startPostfix, type Postfix } from '@holdfast/rig/postfix';
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

/** As many of Postfix's processes as there are sessions at most; its own default of 100 makes the others wait. */
const PROCESS_LIMIT = 500;

/**
 * Durable acceptance: one mx process in its default configuration (recipient check, SPF, DKIM, DMARC, lists, encryption,
 * fdatasync) against Postfix, which checks the recipient and fsyncs. What is judged is the whole of Postfix, whose queue
 * manager hands everything to `discard`; a line of its own shows Postfix when nothing stands behind reception.
 */
export const benchmark: Benchmark = {
  name: 'edge-accept',
  needs: ['postfix', 'smtp-source'],
  async run(form) {
    const calibration = { ...calibrate() };
    await using mx = await startLoneMx();
    await using stack = new AsyncDisposableStack();
    const peerOf = async (kind: 'discard' | 'hold'): Promise<Postfix> => {
      const [port = 0] = await freePorts(1);
      const recipients = [PROTECTED_RECIPIENT];
      const task = { kind };
      const peer = await startPostfix({ port, recipients, task, processLimit: PROCESS_LIMIT });
      stack.defer(() => peer.stop());
      return peer;
    };
    const peers = { whole: await peerOf('discard'), bare: await peerOf('hold') };
    const bare = await startBareMx(mx.directory);
    stack.defer(() => bare.role.stop());
    const signed = join(mx.directory, 'signed.eml');
    await writeFile(signed, mx.sender.sign(signedMessage()).replaceAll('\r\n', '\n'));
    const lines = await compare(form, { whole: mx.port, bare: bare.port }, peers, signed);
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

interface Peers {
  readonly whole: Postfix;
  readonly bare: Postfix;
}

async function compare(
  form: BenchmarkForm,
  ours: { readonly whole: number; readonly bare: number },
  peers: Peers,
  signedFile: string,
): Promise<[Line, ...Line[]]> {
  const messages = MESSAGES[form];
  const kept = { recipient: PROTECTED_RECIPIENT, messages, sessions: SESSIONS, reuse: true };
  const rate = async (load: Load): Promise<number> => messages / (await runSmtpSource(load));
  const line = (
    what: string,
    peer: Postfix,
    load: Omit<Load, 'port'>,
    port = ours.whole,
  ): Promise<Line> =>
    sideBySide(what, 'messages/s', RUNS[form], {
      ours: () => rate({ ...load, port }),
      async peer() {
        const figure = await rate({ ...load, port: peer.port });
        // What it still has to do must not run beside us.
        await peer.idle();
        return figure;
      },
    });
  const unsigned = { ...kept, body: BODY };
  const signed = { ...kept, body: { file: signedFile } };
  const single = { ...unsigned, sessions: ONE_EACH, reuse: false };
  // Both sides have their processes, caches and code warm before anything counts.
  for (const port of [ours.whole, ours.bare, peers.whole.port, peers.bare.port])
    await rate({ ...unsigned, port });
  return [
    await line('unsigned mail, 20 sessions, default configuration', peers.whole, unsigned),
    await line('the same, Postfix only accepting (hold queue)', peers.bare, unsigned),
    await line('bare path on both sides: recipient check only', peers.bare, unsigned, ours.bare),
    await line('signed mail (rsa-2048), 20 sessions', peers.whole, signed),
    await line('400 sessions of one message per connection', peers.whole, single),
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

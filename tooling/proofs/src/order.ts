import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { smallMessage } from '@holdfast/e2e/mail';
import { installedData } from '@holdfast/e2e/prepared-demo';
import { sendLoad, type LoadMessage } from '@holdfast/e2e/smtp-client';
import { waitFor } from '@holdfast/e2e/wait-for';
import { requireProgram } from '@holdfast/rig/debian-programs';
import { startLoneMx } from '@holdfast/rig/lone-mx';
import { PLAIN_RECIPIENT, PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { SENDER } from '@holdfast/rig/sender-domain';
import type { Proof, ProofForm } from './proof.ts';
import { checkCommitOrder, type OrderReport } from './strace/commit-order.ts';
import { readTrace, STRACE_OPTIONS } from './strace/system-calls.ts';

const MESSAGES: Readonly<Record<ProofForm, number>> = { short: 120, long: 2000 };
const CONNECTIONS = 8;
/** Beyond what is kept inside a segment, so that bodies with files of their own are among them. Unit: bytes. */
const BIG = 3 * 1024 * 1024;
/** Each has four characters a byte in the trace, which must fit in one string. */
const BIG_EVERY: Readonly<Record<ProofForm, number>> = { short: 40, long: 200 };
const CONTROL_MESSAGES = 5;

export const proof: Proof = {
  name: 'order',
  says: 'the fdatasync that covers a message has ended before its 250 is written',
  needs: ['strace'],
  prepare: installedData,
  async run(form) {
    const real = await trace(MESSAGES[form], BIG_EVERY[form], []);
    if (real.violations.length > 0) throw new Error(real.violations.join('\n'));
    if (real.accepted < MESSAGES[form]) {
      throw new Error(`Only ${real.accepted} of ${MESSAGES[form]} 250s are in the trace.`);
    }
    // What strace injects is not done: an mx whose disk never syncs must not pass.
    const control = await trace(CONTROL_MESSAGES, BIG_EVERY[form], [
      '-e',
      'inject=fdatasync,fsync:retval=0',
    ]);
    if (control.violations.length < CONTROL_MESSAGES) {
      throw new Error('The checker found nothing wrong with an mx that never syncs.');
    }
    return [
      `${real.accepted} messages over ${CONNECTIONS} connections, each synced before its 250`,
      `control: with every sync left out by strace, ${control.violations.length} of ${control.accepted} are found`,
    ];
  },
};

async function trace(
  count: number,
  bigEvery: number,
  inject: readonly string[],
): Promise<OrderReport> {
  const output = { file: '' };
  await using mx = await startLoneMx({
    wrapper: (directory) => {
      output.file = join(directory, 'trace');
      return [requireProgram('strace'), ...STRACE_OPTIONS, ...inject, '-o', output.file];
    },
  });
  const load = await sendLoad({
    port: mx.port,
    connections: CONNECTIONS,
    count,
    message: (number) => message(number, bigEvery),
  });
  if (load.accepted.length < count) {
    throw new Error(`mx accepted ${load.accepted.length} of ${count} messages under strace.`);
  }
  await mx.role.stop();
  // The tracer ends after what it traces and writes its last lines then.
  const text = await waitFor('the end of the trace', async () => {
    const written = await readFile(output.file, 'latin1');
    return written.includes('+++ exited with') && written;
  });
  return checkCommitOrder(readTrace(text), join(mx.directory, 'spool'));
}

function message(number: number, bigEvery: number): LoadMessage {
  const messageId = `<order-${number}@fabrikam.example>`;
  // Both classes of segment: some recipient is protected, or none is.
  const recipient = number % 2 === 0 ? PROTECTED_RECIPIENT : PLAIN_RECIPIENT;
  const line = `${'A line of an ordinary message.'.padEnd(70)}\r\n`;
  const size = number % bigEvery === bigEvery - 1 ? BIG : 2000;
  return {
    messageId,
    from: SENDER,
    recipient,
    raw: smallMessage({
      from: SENDER,
      to: recipient,
      messageId,
      body: line.repeat(Math.ceil(size / line.length)),
    }),
  };
}

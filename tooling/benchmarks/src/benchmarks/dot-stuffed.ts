import { calibrate } from '@holdfast/rig/calibration';
import { startLoneMx } from '@holdfast/rig/lone-mx';
import { PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { cpuSeconds } from '@holdfast/rig/process-figures';
import { SENDER } from '@holdfast/rig/sender-domain';
import { SmtpDialogue } from '@holdfast/rig/smtp-dialogue';
import type { Benchmark, BenchmarkForm } from '../benchmark.ts';
import { median, rounded } from '../statistics.ts';

const RUNS: Readonly<Record<BenchmarkForm, number>> = { full: 5, short: 1 };
const MEGABYTE = 1024 * 1024;
const BYTES = 25 * MEGABYTE;
const TARGET_SECONDS = 1;
/** The dearest that dots can be: lines of nothing else. */
const LINES = '..\r\n';
const PATIENCE = 120_000;

/** CPU time that mx spends on a message that is all dot-stuffed lines; a cheap way to attack a slow reader of lines. */
export const benchmark: Benchmark = {
  name: 'dot-stuffed',
  needs: [],
  async run(form) {
    const calibration = { ...calibrate() };
    await using mx = await startLoneMx();
    const dotted: number[] = [];
    const plain: number[] = [];
    const piece = Buffer.from(LINES.repeat(16 * 1024));
    const ordinary = Buffer.from(`${'M'.repeat(62)}\r\n`.repeat(1024));
    for (let run = 0; run < RUNS[form]; run += 1) {
      plain.push(await cpuOf(mx, ordinary));
      dotted.push(await cpuOf(mx, piece));
    }
    const none = { peer: null, ratio: null };
    const ours = rounded(median(dotted));
    return {
      ...none,
      name: 'dot-stuffed',
      ours,
      unit: 's',
      runs: RUNS[form],
      target: { of: 'ours', is: 'at most', value: TARGET_SECONDS },
      lines: [
        { ...none, what: '25 MiB of dot-stuffed lines, CPU of mx', ours, unit: 's' },
        {
          ...none,
          what: '25 MiB of ordinary lines, CPU of mx',
          ours: rounded(median(plain)),
          unit: 's',
        },
      ],
      calibration,
    };
  },
};

async function cpuOf(
  mx: { readonly port: number; readonly pid: number },
  piece: Buffer,
): Promise<number> {
  const dialogue = await SmtpDialogue.open(mx.port);
  try {
    await dialogue.beginData(SENDER, PROTECTED_RECIPIENT);
    const before = cpuSeconds(mx.pid);
    await dialogue.write(`From: ${SENDER}\r\nSubject: dots\r\n\r\n`);
    for (let sent = 0; sent < BYTES; sent += piece.length) await dialogue.write(piece);
    await dialogue.write('.\r\n');
    const reply = await dialogue.reply(PATIENCE);
    if (reply?.startsWith('250') !== true) throw new Error(`mx answered ${reply}`);
    return cpuSeconds(mx.pid) - before;
  } finally {
    dialogue.destroy();
  }
}

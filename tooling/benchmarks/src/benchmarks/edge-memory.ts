import { calibrate } from '@holdfast/rig/calibration';
import { startLoneMx } from '@holdfast/rig/lone-mx';
import { PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { peakMemory } from '@holdfast/rig/process-figures';
import { SENDER } from '@holdfast/rig/sender-domain';
import { SmtpDialogue } from '@holdfast/rig/smtp-dialogue';
import type { Benchmark, BenchmarkForm } from '../benchmark.ts';
import { rounded } from '../statistics.ts';

const MESSAGES: Readonly<Record<BenchmarkForm, number>> = { full: 100, short: 10 };
const MEGABYTE = 1024 * 1024;
const BODY_MEGABYTES = 25;
const TARGET_MEGABYTES = 300;
/** Every message gets this much in turn, so that all are in the middle at the same time. */
const PIECE = Buffer.from(`${'M'.repeat(76)}\r\n`.repeat(840));
/** All of them wait for one disk. Unit: milliseconds. */
const PATIENCE = 240_000;

/** Peak memory of mx while it takes many big messages at once; each is signed, so that its body is hashed as well. */
export const benchmark: Benchmark = {
  name: 'edge-memory',
  needs: [],
  async run(form) {
    const calibration = { ...calibrate() };
    await using mx = await startLoneMx({ environment: { HOLDFAST_DISK_RESERVE_BYTES: '0' } });
    const startedAt = performance.now();
    const dialogues = await Promise.all(
      Array.from({ length: MESSAGES[form] }, () => SmtpDialogue.open(mx.port)),
    );
    try {
      await Promise.all(dialogues.map(beginMessage));
      for (let sent = 0; sent < BODY_MEGABYTES * MEGABYTE; sent += PIECE.length) {
        await Promise.all(dialogues.map((dialogue) => dialogue.write(PIECE)));
      }
      await Promise.all(dialogues.map((dialogue) => dialogue.write('.\r\n')));
      const replies = await Promise.all(dialogues.map((dialogue) => dialogue.reply(PATIENCE)));
      const refused = replies.find((reply) => reply?.startsWith('250') !== true);
      if (refused !== undefined) throw new Error(`A message was answered with ${refused}`);
    } finally {
      for (const dialogue of dialogues) dialogue.destroy();
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const peak = rounded(peakMemory(mx.pid) / MEGABYTE);
    const line = { peer: null, ratio: null };
    return {
      ...line,
      name: 'edge-memory',
      ours: peak,
      unit: 'MiB',
      runs: 1,
      target: { of: 'ours', is: 'at most', value: TARGET_MEGABYTES },
      lines: [
        {
          ...line,
          what: `peak resident memory with ${MESSAGES[form]} messages of 25 MiB at once`,
          ours: peak,
          unit: 'MiB',
        },
        {
          ...line,
          what: 'taken in all, synced',
          ours: rounded((MESSAGES[form] * BODY_MEGABYTES) / seconds),
          unit: 'MiB/s',
        },
      ],
      calibration,
    };
  },
};

async function beginMessage(dialogue: SmtpDialogue, position: number): Promise<void> {
  await dialogue.beginData(SENDER, PROTECTED_RECIPIENT);
  const signature =
    'v=1; a=rsa-sha256; c=relaxed/relaxed; d=fabrikam.example; s=rig; h=from; bh=AAAA; b=AAAA';
  await dialogue.write(
    `DKIM-Signature: ${signature}\r\nFrom: ${SENDER}\r\nMessage-ID: <big-${position}@fabrikam.example>\r\n\r\n`,
  );
}

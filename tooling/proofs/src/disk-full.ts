import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { smallMessage } from '@holdfast/e2e/mail';
import { installedData } from '@holdfast/e2e/prepared-demo';
import { sendLoad } from '@holdfast/e2e/smtp-client';
import { requireProgram } from '@holdfast/rig/debian-programs';
import { startLoneMx } from '@holdfast/rig/lone-mx';
import { PLAIN_RECIPIENT, PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { SENDER } from '@holdfast/rig/sender-domain';
import type { Proof, ProofForm } from './proof.ts';
import { idOf, idsIn } from './spool/accepted-ids.ts';

const MIB = 1024 * 1024;
const DISK = 64 * MIB;
const RESERVE = 16 * MIB;
/** Taken away once the disk is full, as an administrator makes room. Unit: bytes. */
const BALLAST = 24 * MIB;
const MESSAGES: Readonly<Record<ProofForm, number>> = { short: 3000, long: 5000 };
/** Together more than fits beside the ballast, and less than fits without it. Unit: bytes. */
const BODY = 8 * 1024;
const BIG_BODY = 2 * MIB;
const CONNECTIONS = 8;

export const proof: Proof = {
  name: 'disk-full',
  says: 'a full disk is 452 before anything is lost, and mail is taken again by itself once there is room',
  needs: ['mount', 'umount'],
  prepare: installedData,
  async run(form) {
    if (process.getuid?.() !== 0)
      throw new Error('A small tmpfs can be mounted by root only: run this proof as root.');
    const disk = { mountedAt: '' };
    await using stack = new AsyncDisposableStack();
    const mx = await startLoneMx({
      environment: { HOLDFAST_DISK_RESERVE_BYTES: String(RESERVE) },
      wrapper: (directory) => {
        disk.mountedAt = join(directory, 'spool');
        const options = ['-t', 'tmpfs', '-o', `size=${DISK},mode=700`, 'tmpfs', disk.mountedAt];
        execFileSync(requireProgram('mount'), options);
        return ['env'];
      },
    });
    stack.use(mx);
    stack.defer(async () => {
      await mx.role.stop();
      execFileSync(requireProgram('umount'), [disk.mountedAt]);
    });
    const ballast = join(disk.mountedAt, 'ballast');
    await writeFile(ballast, Buffer.alloc(BALLAST));
    const count = Math.min(MESSAGES[form], Math.floor((DISK - RESERVE - BALLAST / 2) / BODY / 1.2));
    let madeRoom = false;
    let takenWhenFull = 0;
    let taken = 0;
    const load = await sendLoad({
      port: mx.port,
      connections: CONNECTIONS,
      count,
      message,
      accepted: (so) => {
        taken = so;
      },
      refused: (reply) => {
        if (!reply.startsWith('452')) throw new Error(`A full disk was answered with: ${reply}`);
        if (madeRoom) return;
        madeRoom = true;
        takenWhenFull = taken;
        void rm(ballast);
      },
    });
    if (!madeRoom) throw new Error('The disk never ran full: nothing was shown.');
    if (load.notAccepted.length > 0)
      throw new Error(`${load.notAccepted.length} messages were not taken after there was room.`);
    const ids = await idsIn(disk.mountedAt);
    const lost = load.accepted.filter(({ reply }) => !ids.has(idOf(reply)));
    if (lost.length > 0) throw new Error(`${lost.length} messages have a 250 and are not there.`);
    return [
      `${takenWhenFull} messages taken until the reserve of ${RESERVE / MIB} MiB was reached on a disk of ${DISK / MIB} MiB, then 452`,
      `after ${BALLAST / MIB} MiB were freed the other ${load.accepted.length - takenWhenFull} were taken by the same process; loss 0, no other reply than 250 and 452`,
    ];
  },
};

function message(number: number) {
  const messageId = `<full-${number}@fabrikam.example>`;
  const recipient = number % 2 === 0 ? PROTECTED_RECIPIENT : PLAIN_RECIPIENT;
  const line = `${'A line of an ordinary message.'.padEnd(70)}\r\n`;
  const body = line.repeat(Math.ceil((number === 5 ? BIG_BODY : BODY) / line.length));
  return {
    messageId,
    from: SENDER,
    recipient,
    raw: smallMessage({ from: SENDER, to: recipient, messageId, body }),
  };
}

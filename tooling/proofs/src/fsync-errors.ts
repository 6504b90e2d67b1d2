import { randomInt, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SpoolRefusedError } from '@holdfast/application';
import { smallMessage } from '@holdfast/e2e/mail';
import { installedData } from '@holdfast/e2e/prepared-demo';
import { sendLoad } from '@holdfast/e2e/smtp-client';
import { nodeFileSystem, type SpoolFileSystem } from '@holdfast/mail';
import { requireProgram } from '@holdfast/rig/debian-programs';
import { startLoneMx } from '@holdfast/rig/lone-mx';
import { PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { SENDER } from '@holdfast/rig/sender-domain';
import type { Proof, ProofForm } from './proof.ts';
import { idOf, idsIn } from './spool/accepted-ids.ts';
import { bodyOf, emptySpool, headOf, readSpool, writerIn } from './spool/spool-on-trial.ts';

const APPENDED: Readonly<Record<ProofForm, number>> = { short: 3000, long: 60_000 };
const SESSIONS = 20;
/** Every so many calls one fails. */
const FAILS = { write: 40, dataSync: 30, directory: 25, create: 25 } as const;
/** Bodies of every length, in the record and in files of their own. Unit: bytes. */
const LONGEST = 12_000;
const MESSAGES: Readonly<Record<ProofForm, number>> = { short: 150, long: 2000 };

export const proof: Proof = {
  name: 'fsync-errors',
  says: 'short writes and errors of write, fdatasync and fsync refuse for now, and what was promised is there',
  needs: ['strace'],
  prepare: installedData,
  async run(form) {
    return [...(await inProcess(APPENDED[form])), ...(await overSmtp(MESSAGES[form]))];
  },
};

/** The writer on a disk that fails at random in every way it can. */
async function inProcess(count: number): Promise<readonly string[]> {
  await using spool = await emptySpool();
  const disk = failingDisk();
  const writer = writerIn(spool.directory, disk.fileSystem);
  const promised = new Map<string, number>();
  const refused: Record<string, number> = {};
  let left = count;
  async function session(): Promise<void> {
    while (left > 0) {
      left -= 1;
      const id = randomUUID();
      const bytes = randomInt(LONGEST);
      try {
        await writer.append(headOf(id), bodyOf(id, bytes));
        promised.set(id, bytes);
      } catch (error) {
        if (!(error instanceof SpoolRefusedError)) throw error;
        refused[error.reason] = (refused[error.reason] ?? 0) + 1;
      }
    }
  }
  await Promise.all(Array.from({ length: SESSIONS }, session));
  await writer.close().catch(() => undefined);
  const read = await readSpool(spool.directory);
  for (const [id, bytes] of promised) {
    if (!(await read.isWhole(id, bytes))) throw new Error(`${id} was promised and is not there.`);
  }
  if (disk.retried() > 0)
    throw new Error(`${disk.retried()} times a sync was tried again on a file whose sync failed.`);
  const failures = Object.entries(disk.failures())
    .map(([call, times]) => `${times} ${call}`)
    .join(', ');
  return [
    `${count} appends on a disk with ${failures}: ${promised.size} promised and all there, ${Object.entries(
      refused,
    )
      .map(([reason, times]) => `${times} ${reason}`)
      .join(', ')}`,
    'no file was synced again after a sync of it had failed',
  ];
}

function failingDisk(): {
  readonly fileSystem: SpoolFileSystem;
  failures(): Readonly<Record<string, number>>;
  retried(): number;
} {
  const failures: Record<string, number> = {};
  let retried = 0;
  const fail = (call: string, one: number): boolean => {
    if (randomInt(one) > 0) return false;
    failures[call] = (failures[call] ?? 0) + 1;
    return true;
  };
  const broken = (code: string): Error => Object.assign(new Error(`injected ${code}`), { code });
  const fileSystem: SpoolFileSystem = {
    ...nodeFileSystem,
    async createFile(path) {
      if (fail('failed creations', FAILS.create)) throw broken('ENOSPC');
      const file = await nodeFileSystem.createFile(path);
      let syncFailed = false;
      return {
        ...file,
        async write(bytes) {
          if (fail('failed writes', FAILS.write)) {
            await file.write(bytes.subarray(0, randomInt(bytes.length + 1)));
            throw broken('EIO');
          }
          if (bytes.length > 1 && fail('short writes', 3))
            return file.write(bytes.subarray(0, 1 + randomInt(bytes.length - 1)));
          return file.write(bytes);
        },
        async dataSync() {
          if (syncFailed) retried += 1;
          if (fail('failed fdatasyncs', FAILS.dataSync)) {
            syncFailed = true;
            throw broken('EIO');
          }
          await file.dataSync();
        },
      };
    },
    async syncDirectory(path) {
      if (fail('failed fsyncs of a directory', FAILS.directory)) throw broken('EIO');
      await nodeFileSystem.syncDirectory(path);
    },
  };
  return { fileSystem, failures: () => failures, retried: () => retried };
}

/** mx itself, with fdatasync failing under it: senders hear 451, come again, and nothing is lost. */
async function overSmtp(count: number): Promise<readonly string[]> {
  const output = { file: '' };
  await using mx = await startLoneMx({
    wrapper: (directory) => {
      output.file = join(directory, 'trace');
      const inject = 'inject=fdatasync:error=EIO:when=3+5';
      const trace = ['-D', '-f', '-qq', '-e', 'trace=fdatasync', '-e', inject];
      return [requireProgram('strace'), ...trace, '-o', output.file];
    },
  });
  const load = await sendLoad({
    port: mx.port,
    connections: 8,
    count,
    message: (number) => {
      const messageId = `<fsync-${number}@fabrikam.example>`;
      const raw = smallMessage({ from: SENDER, to: PROTECTED_RECIPIENT, messageId, body: 'x\r\n' });
      return { messageId, from: SENDER, recipient: PROTECTED_RECIPIENT, raw };
    },
  });
  await mx.role.stop();
  const failed = (await readFile(output.file, 'latin1')).split('(INJECTED)').length - 1;
  if (failed === 0 || load.deferred === 0) throw new Error('strace made no fdatasync fail.');
  if (load.notAccepted.length > 0)
    throw new Error(`${load.notAccepted.length} messages were not taken, also not later.`);
  const ids = await idsIn(join(mx.directory, 'spool'));
  const lost = load.accepted.filter(({ reply }) => !ids.has(idOf(reply)));
  if (lost.length > 0)
    throw new Error(`${lost.length} messages have a 250 and are not in the spool.`);
  return [
    `mx with ${failed} failed fdatasyncs: ${load.deferred} times 451, all ${load.accepted.length} messages taken in the end, loss 0`,
  ];
}

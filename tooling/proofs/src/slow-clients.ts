import { setTimeout as wait } from 'node:timers/promises';
import { smallMessage } from '@holdfast/e2e/mail';
import { installedData } from '@holdfast/e2e/prepared-demo';
import { sendLoad } from '@holdfast/e2e/smtp-client';
import { startLoneMx } from '@holdfast/rig/lone-mx';
import { PLAIN_RECIPIENT } from '@holdfast/rig/prepared-data';
import { residentMemory } from '@holdfast/rig/process-figures';
import { SENDER } from '@holdfast/rig/sender-domain';
import { SmtpDialogue } from '@holdfast/rig/smtp-dialogue';
import type { Proof, ProofForm } from './proof.ts';

const SECOND = 1000;
const CLIENTS: Readonly<Record<ProofForm, number>> = { short: 400, long: 4000 };
const MESSAGES = 200;
/** One byte of each slow client in so much time. Unit: milliseconds. */
const DRIP = SECOND;
/** A client that is in no hurry may hold others up by so much at most. Unit: milliseconds. */
const FAST = 2 * SECOND;
/** Opened at the same time. */
const AT_ONCE = 100;
const PER_ADDRESS = 2000;
const MEGABYTE = 1024 * 1024;

export const proof: Proof = {
  name: 'slow-clients',
  says: 'thousands of clients that send a byte a second do not hold up one that is fast',
  needs: [],
  prepare: installedData,
  async run(form) {
    const count = CLIENTS[form];
    await using mx = await startLoneMx({
      environment: {
        HOLDFAST_MAX_CONNECTIONS: String(count + 100),
      },
    });
    const slow: SmtpDialogue[] = [];
    const done = new AbortController();
    try {
      while (slow.length < count) {
        const next = Array.from({ length: Math.min(AT_ONCE, count - slow.length) }, (_, i) =>
          beginSlowly(mx.port, slow.length + i),
        );
        slow.push(...(await Promise.all(next)));
      }
      const dripping = drip(slow, done.signal);
      const alone = await slowestOf(mx.port, 'first');
      await wait(DRIP);
      const later = await slowestOf(mx.port, 'second');
      done.abort();
      await dripping;
      const open = slow.filter((dialogue) => !dialogue.isClosed).length;
      if (Math.max(alone, later) > FAST) {
        throw new Error(`A fast client waited ${Math.max(alone, later)} ms for one message.`);
      }
      const memory = Math.round(residentMemory(mx.pid) / MEGABYTE);
      return [
        `${count} slow clients, half in a command and half in a message, ${open} still there; mx holds ${memory} MiB`,
        `the slowest of ${2 * MESSAGES} messages of a fast client took ${Math.max(alone, later)} ms`,
      ];
    } finally {
      done.abort();
      for (const dialogue of slow) dialogue.destroy();
    }
  },
};

async function beginSlowly(port: number, position: number): Promise<SmtpDialogue> {
  const localAddress = `127.0.2.${1 + Math.floor(position / PER_ADDRESS)}`;
  const dialogue = await SmtpDialogue.open(port, { localAddress });
  if (position % 2 === 0) await dialogue.beginData(SENDER, PLAIN_RECIPIENT);
  else await dialogue.reply();
  return dialogue;
}

async function drip(slow: readonly SmtpDialogue[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const dialogue of slow) if (!dialogue.isClosed) void dialogue.write('x');
    await wait(DRIP, undefined, { signal }).catch(() => undefined);
  }
}

/** Milliseconds of the slowest message of a client that does one after the other. */
async function slowestOf(port: number, name: string): Promise<number> {
  let before = Date.now();
  let slowest = 0;
  const report = await sendLoad({
    port,
    connections: 1,
    count: MESSAGES,
    message(number) {
      const envelope = { messageId: `<${name}-${number}@fabrikam.example>`, from: SENDER };
      return {
        ...envelope,
        recipient: PLAIN_RECIPIENT,
        raw: smallMessage({ ...envelope, to: PLAIN_RECIPIENT }),
      };
    },
    accepted() {
      slowest = Math.max(slowest, Date.now() - before);
      before = Date.now();
    },
  });
  if (report.accepted.length < MESSAGES) throw new Error('A fast client was refused.');
  return slowest;
}

import { createSenderAuthenticator, type RunningAuthenticator } from '@holdfast/mail';
import { smallMessage } from '@holdfast/e2e/mail';
import { calibrate } from '@holdfast/rig/calibration';
import { startDnsServer } from '@holdfast/rig/dns-server';
import { PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { makeSenderDomain, SENDER, SENDER_HOST } from '@holdfast/rig/sender-domain';
import type { Benchmark, BenchmarkForm, Line } from '../benchmark.ts';
import { rounded } from '../statistics.ts';

const MESSAGES: Readonly<Record<BenchmarkForm, number>> = { full: 20_000, short: 500 };
/** At the same time, as there are sessions. */
const SESSIONS = 20;
const BODY = 4096;
/** For mx to accept 6,500 messages a second on one core, with everything else that a message costs. Microseconds. */
const TARGET = 25;
const BUDGET = 10_000;

/** What SPF, DKIM and DMARC cost the event loop that accepts mail, for a sender that was met within the last minute. */
export const benchmark: Benchmark = {
  name: 'sender-check',
  needs: [],
  async run(form) {
    const calibration = { ...calibrate() };
    const sender = makeSenderDomain();
    const dns = await startDnsServer(sender.zone);
    const authenticator = createSenderAuthenticator({
      resolver: { servers: [`127.0.0.1:${dns.port}`] },
      authservId: 'mx1.holdfast.example',
      budgetMs: BUDGET,
    });
    try {
      const line = `${'An ordinary line.'.padEnd(70)}\r\n`;
      const message = smallMessage({
        from: SENDER,
        to: PROTECTED_RECIPIENT,
        body: line.repeat(Math.ceil(BODY / line.length)),
      });
      const unsigned = await costOf(authenticator, Buffer.from(message), MESSAGES[form]);
      const signed = await costOf(
        authenticator,
        Buffer.from(sender.sign(message)),
        MESSAGES[form] / 10,
      );
      const lines: readonly Line[] = [
        figure('unsigned, on the event loop', unsigned.loop),
        figure('one RSA-2048 signature, on the event loop', signed.loop),
        figure('one RSA-2048 signature, with the thread', signed.process),
      ];
      return {
        ...figure('unsigned', unsigned.loop),
        name: 'sender-check',
        runs: 1,
        target: { of: 'ours', is: 'at most', value: TARGET },
        lines,
        calibration,
      };
    } finally {
      await authenticator.close();
      await dns.stop();
    }
  },
};

function figure(what: string, microseconds: number): Line {
  return { what, ours: rounded(microseconds), peer: null, ratio: null, unit: 'µs' };
}

/** Microseconds of CPU for each message, of this thread and of the whole process. */
async function costOf(
  authenticator: RunningAuthenticator,
  message: Uint8Array,
  count: number,
): Promise<{ readonly loop: number; readonly process: number }> {
  await pass(authenticator, message, count / 10);
  const [loop, whole] = [process.threadCpuUsage(), process.cpuUsage()];
  await pass(authenticator, message, count);
  const sum = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / count;
  return { loop: sum(process.threadCpuUsage(loop)), process: sum(process.cpuUsage(whole)) };
}

async function pass(
  authenticator: RunningAuthenticator,
  message: Uint8Array,
  count: number,
): Promise<void> {
  let left = count;
  async function session(): Promise<void> {
    for (; left > 0; left -= 1) {
      const inspection = authenticator.begin({
        clientIp: '127.0.0.1',
        helo: SENDER_HOST,
        envelopeFrom: SENDER,
      });
      await inspection.take(message);
      const { authentication } = await inspection.finish();
      if (authentication?.dmarc !== 'pass') throw new Error('The sender was not judged.');
    }
  }
  await Promise.all(Array.from({ length: SESSIONS }, session));
}

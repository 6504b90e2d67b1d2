import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { smallMessage } from '@holdfast/e2e/mail';
import { installedData } from '@holdfast/e2e/prepared-demo';
import { sendLoad, type LoadMessage } from '@holdfast/e2e/smtp-client';
import { startLoneMx } from '@holdfast/rig/lone-mx';
import { PLAIN_RECIPIENT } from '@holdfast/rig/prepared-data';
import { SENDER } from '@holdfast/rig/sender-domain';
import type { Proof, ProofForm } from './proof.ts';

const SECOND = 1000;
const MESSAGES: Readonly<Record<ProofForm, number>> = { short: 60, long: 2000 };
const CONNECTIONS = 10;
/** Seconds; the product's own is 10. */
const BUDGET = 2;
/** What a message may take on top of the budget on a busy machine. Unit: milliseconds. */
const SLACK = 4 * SECOND;

export const proof: Proof = {
  name: 'filter-hanging',
  says: 'a content filter that takes every message and answers none keeps nobody’s mail for longer than the budget',
  needs: [],
  prepare: installedData,
  async run(form) {
    await using stack = new AsyncDisposableStack();
    const rspamd = stack.use(await hangingServer());
    const clamd = stack.use(await hangingServer());
    await using mx = await startLoneMx({
      environment: {
        HOLDFAST_FILTER_BUDGET: String(BUDGET),
        HOLDFAST_RSPAMD_URL: `http://127.0.0.1:${rspamd.port}`,
        HOLDFAST_CLAMD_URL: `tcp://127.0.0.1:${clamd.port}`,
      },
    });
    const begun = new Map<string, number>();
    const report = await sendLoad({
      port: mx.port,
      connections: CONNECTIONS,
      count: MESSAGES[form],
      message(number) {
        const next = message(number);
        begun.set(next.messageId, Date.now());
        return next;
      },
    });
    if (report.accepted.length < MESSAGES[form] || report.deferred > 0) {
      throw new Error(`${report.accepted.length} accepted, ${report.deferred} put off.`);
    }
    const waits = report.accepted.map(({ messageId, at }) => at - (begun.get(messageId) ?? at));
    const slowest = Math.max(...waits);
    if (slowest > BUDGET * SECOND + SLACK) {
      throw new Error(`A message waited ${slowest} ms for a filter that does not answer.`);
    }
    if (rspamd.connections() === 0 || clamd.connections() === 0) {
      throw new Error('The filters were not asked, so nothing is shown.');
    }
    const waited = waits.filter((wait) => wait >= BUDGET * SECOND).length;
    return [
      `${report.accepted.length} accepted with both filters hanging, the slowest after ${(slowest / SECOND).toFixed(1)} s of a budget of ${BUDGET} s`,
      `${waited} of them waited for the budget; the filters were asked ${rspamd.connections()} and ${clamd.connections()} times`,
    ];
  },
};

interface HangingServer extends AsyncDisposable {
  readonly port: number;
  /** Connections that came so far. */
  connections(): number;
}

async function hangingServer(): Promise<HangingServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.resume();
    // Whoever asked gives up some time; that is the point.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function message(number: number): LoadMessage {
  const envelope = { messageId: `<filter-${number}@fabrikam.example>`, from: SENDER };
  return {
    ...envelope,
    recipient: PLAIN_RECIPIENT,
    raw: smallMessage({ ...envelope, to: PLAIN_RECIPIENT }),
  };
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { smallMessage } from './mail.ts';
import { isRunning } from './processes.ts';
import type { Product, Role } from './product.ts';
import { sendLoad, type LoadMessage, type LoadReport } from './smtp-client.ts';
import { waitFor } from './wait-for.ts';

export type Victim = Role | 'postgres';

export interface KillLoop {
  readonly product: Product;
  readonly kills: number;
  readonly victims: readonly Victim[];
  readonly recipients: readonly string[];
  /** The same seed kills the same victims after the same number of messages. */
  readonly seed: number;
}

export interface KillOutcome {
  readonly report: LoadReport;
  readonly killed: readonly Victim[];
}

/** What became of accepted messages in the mailboxes of the tenant. */
export interface Arrivals {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Messages that lie in a mailbox they were not sent to. */
  readonly strays: readonly string[];
}

const SENDER = 'mona.kane@fabrikam.example';
const CONNECTIONS = 6;
/** More than are ever sent: the kills end the load. */
const PLENTY = 1_000_000;
/** Messages that have to be accepted between two kills, so that each one hits a busy product. */
const BETWEEN = { least: 5, most: 25 };
/** Messages that may be accepted after a kill before the load waits for the next one: bounds the whole. */
const AFTER_KILL = 30;
/** Messages that may be on their way through the product when a kill comes. */
export const MOST_IN_FLIGHT = BETWEEN.most + AFTER_KILL;
const GATE_PATIENCE = 120_000;

/** Sends mail all the while, and kills random victims by SIGKILL while they work. */
export async function killUnderLoad(loop: KillLoop): Promise<KillOutcome> {
  const { product } = loop;
  const random = seededRandom(loop.seed);
  const enough = new AbortController();
  const killed: Victim[] = [];
  const bag: Victim[] = [];
  let accepted = 0;
  let allowance = 0;
  const load = sendLoad({
    port: product.facts.mxPort,
    connections: CONNECTIONS,
    count: PLENTY,
    message: (number) => killMessage(loop.recipients, number),
    signal: enough.signal,
    accepted: (count) => (accepted = count),
    gate: async () => {
      await waitFor('the next kill', () => accepted < allowance || enough.signal.aborted, {
        pause: 5,
        patience: GATE_PATIENCE,
      });
    },
  });
  for (let count = 0; count < loop.kills; count += 1) {
    // Drawn without putting back: chance must not spare one of them in a short run.
    if (bag.length === 0) bag.push(...loop.victims);
    const [victim = 'mx'] = bag.splice(Math.floor(random() * bag.length), 1);
    const goal = accepted + BETWEEN.least + Math.floor(random() * (BETWEEN.most - BETWEEN.least));
    allowance = goal + AFTER_KILL;
    await waitFor(`${goal} messages to be accepted`, () => accepted >= goal, { pause: 1 });
    const pid = await waitFor(`${victim} to run and be killed`, async () => {
      const running = await pidOf(product, victim);
      // One that has just ended by itself, as roles do whose database was the last victim, comes back.
      return running !== null && kill(running) ? running : null;
    });
    killed.push(victim);
    // A process that is still dying must not be taken for the one that comes back.
    await waitFor(`${victim} to be gone`, () => !isRunning(pid), { pause: 1 });
  }
  allowance = accepted + 2 * AFTER_KILL;
  const after = accepted;
  await waitFor('mail to flow after the last kill', () => accepted > after + AFTER_KILL);
  enough.abort();
  return { report: await load, killed };
}

/** Looks every accepted message up in the mailboxes of the simulated tenant. */
export async function arrivalsOf(
  product: Product,
  recipients: readonly string[],
  report: LoadReport,
): Promise<Arrivals> {
  const lost: string[] = [];
  const doubled: string[] = [];
  const strays: string[] = [];
  for (const recipient of recipients) {
    const arrived = new Map<string, number>();
    for (const { messageId } of await product.world.mailbox(recipient)) {
      arrived.set(messageId, (arrived.get(messageId) ?? 0) + 1);
    }
    for (const entry of report.accepted) {
      if (entry.recipient !== recipient) continue;
      const times = arrived.get(entry.messageId) ?? 0;
      if (times === 0) lost.push(entry.messageId);
      if (times > 1) doubled.push(entry.messageId);
    }
    for (const id of arrived.keys()) {
      const number = killNumber(id);
      if (number === null) continue;
      if (killMessage(recipients, number).recipient !== recipient) strays.push(id);
    }
  }
  return { lost, doubled, strays };
}

/** The number in the Message-ID; null for mail of another origin. */
export function killNumber(messageId: string): number | null {
  const found = /^<kill-(\d+)@/.exec(messageId);
  return found === null ? null : Number(found[1]);
}

function killMessage(recipients: readonly string[], number: number): LoadMessage {
  const messageId = `<kill-${number}@fabrikam.example>`;
  const recipient = recipients[number % recipients.length] ?? '';
  return {
    messageId,
    from: SENDER,
    recipient,
    raw: smallMessage({
      from: SENDER,
      to: recipient,
      messageId,
      subject: `kill ${number}`,
      body: `${'A line of an ordinary message.\r\n'.repeat(1 + (number % 100))}`,
    }),
  };
}

/** False when it was gone already. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

async function pidOf(product: Product, victim: Victim): Promise<number | null> {
  if (victim !== 'postgres') return product.rolePid(victim);
  return postmasterPid(product);
}

/** Of the embedded PostgreSQL; null while there is none. */
export async function postmasterPid(product: Product): Promise<number | null> {
  const file = join(product.dataDirectory, 'postgres', 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return pid > 0 && isRunning(pid) ? pid : null;
}

/** Mulberry32: small, seeded, good enough to choose victims. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

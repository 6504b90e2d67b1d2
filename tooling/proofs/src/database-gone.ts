import { setTimeout as wait } from 'node:timers/promises';
import { takeDatabaseAway } from '@holdfast/e2e/database-outage';
import { settledLedger } from '@holdfast/e2e/ledger';
import { smallMessage } from '@holdfast/e2e/mail';
import { bootInstalled, installedData } from '@holdfast/e2e/prepared-demo';
import type { Product } from '@holdfast/e2e/product';
import { sendLoad, type LoadMessage } from '@holdfast/e2e/smtp-client';
import { waitFor } from '@holdfast/e2e/wait-for';
import { PLAIN_RECIPIENT, PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { SENDER } from '@holdfast/rig/sender-domain';
import type { Proof, ProofForm } from './proof.ts';

const SECOND = 1000;
/** How long the database is away. Unit: milliseconds. */
const AWAY: Readonly<Record<ProofForm, number>> = { short: 10 * SECOND, long: 60 * SECOND };
const LOAD = { connections: 4, pause: 20 } as const;
/** Ended by a signal long before. */
const PLENTY = 1_000_000;
const SETTLE_PATIENCE = 180 * SECOND;
const RECIPIENTS = [PROTECTED_RECIPIENT, PLAIN_RECIPIENT];

export const proof: Proof = {
  name: 'database-gone',
  says: 'while PostgreSQL is stopped under load nothing is refused, and afterwards nothing is missing',
  needs: [],
  prepare: installedData,
  async run(form) {
    const product = await bootInstalled();
    try {
      return await withoutDatabase(product, AWAY[form]);
    } finally {
      process.kill(product.supervisorPid, 'SIGCONT');
      await product.stop();
    }
  },
};

async function withoutDatabase(product: Product, away: number): Promise<readonly string[]> {
  const before = await settledLedger(product, SETTLE_PATIENCE);
  const enough = new AbortController();
  let accepted = 0;
  const load = sendLoad({
    port: product.facts.mxPort,
    ...LOAD,
    count: PLENTY,
    message,
    signal: enough.signal,
    accepted: (count) => (accepted = count),
  });
  await waitFor('some mail before', () => accepted > 10);
  const giveBack = await takeDatabaseAway(product);
  const atStart = accepted;
  await wait(away);
  const meanwhile = accepted - atStart;
  await giveBack();
  enough.abort();
  const report = await load;
  if (meanwhile === 0) throw new Error('Nothing was accepted while the database was away.');
  const refusals = report.deferred + report.lostConnections + report.notAccepted.length;
  if (refusals > 0)
    throw new Error(`Refused or lost: ${JSON.stringify({ ...report, accepted: 0 })}`);
  const ledger = await settledLedger(product, SETTLE_PATIENCE);
  if (ledger.balanced !== true) throw new Error('The ledger does not balance.');
  if (ledger.accepted - before.accepted !== report.accepted.length) {
    throw new Error(`${report.accepted.length} were accepted; the ledger counts otherwise.`);
  }
  const arrived = new Set<string>();
  for (const recipient of RECIPIENTS) {
    for (const { messageId } of await product.world.mailbox(recipient)) arrived.add(messageId);
  }
  const lost = report.accepted.filter(({ messageId }) => !arrived.has(messageId));
  if (lost.length > 0) throw new Error(`Lost: ${lost.map((entry) => entry.messageId).join(' ')}`);
  return [
    `${away / SECOND} s without a database: ${meanwhile} accepted meanwhile, none refused`,
    `${report.accepted.length} accepted in all, every one in its mailbox, the ledger balances`,
  ];
}

function message(number: number): LoadMessage {
  const messageId = `<gone-${number}@fabrikam.example>`;
  const recipient = RECIPIENTS[number % RECIPIENTS.length] ?? PLAIN_RECIPIENT;
  const envelope = { messageId, from: SENDER };
  return { ...envelope, recipient, raw: smallMessage({ ...envelope, to: recipient }) };
}

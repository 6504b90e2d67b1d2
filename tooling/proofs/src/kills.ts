import { randomInt } from 'node:crypto';
import type { TraceRow, UserRow } from '@holdfast/e2e/command-answers';
import {
  arrivalsOf,
  killNumber,
  killUnderLoad,
  MOST_IN_FLIGHT,
  type Victim,
} from '@holdfast/e2e/kill-loop';
import { settledLedger } from '@holdfast/e2e/ledger';
import { bootInstalled, installedData } from '@holdfast/e2e/prepared-demo';
import type { Product } from '@holdfast/e2e/product';
import type { Proof, ProofForm } from './proof.ts';

const KILLS: Readonly<Record<ProofForm, number>> = { short: 12, long: 200 };
const VICTIMS: readonly Victim[] = ['mx', 'ingest', 'relay', 'worker', 'postgres'];
const OBJECTS = ['sales@contoso.example', 'room.adams@contoso.example'];
const USERS = 2;
/** A role that died again and again is started with pauses of up to five seconds. Unit: milliseconds. */
const SETTLE_PATIENCE = 240_000;
/** HOLDFAST_PROOF_SEED repeats the kills of a run (read here, not by the product). */
const SEED = Number(process.env['HOLDFAST_PROOF_SEED'] ?? randomInt(2 ** 31));

export const proof: Proof = {
  name: 'kills',
  says: 'SIGKILL of any role at any moment loses nothing, and doubles no more than was in flight',
  needs: [],
  prepare: installedData,
  shortLimit: 420_000,
  async run(form) {
    const product = await bootInstalled();
    try {
      return await killAndCount(product, KILLS[form]);
    } catch (error) {
      throw new Error(`With seed ${SEED}: ${await product.logTails()}`, { cause: error });
    } finally {
      await product.stop();
    }
  },
};

async function killAndCount(product: Product, kills: number): Promise<readonly string[]> {
  const users = (await product.holdfast('users', 'list', '--json')).json as UserRow[];
  const reachable = users.filter(({ alternateInfo }) =>
    /^(?:verified|opened)$/.test(alternateInfo),
  );
  const recipients = [...OBJECTS, ...reachable.slice(0, USERS).map(({ address }) => address)];
  await settledLedger(product, SETTLE_PATIENCE);
  const droppedBefore = await product.world.duplicatesDropped();
  const { report, killed } = await killUnderLoad({
    product,
    kills,
    victims: VICTIMS,
    recipients,
    seed: SEED,
  });
  const refused = report.notAccepted.filter(({ why }) => why.startsWith('5'));
  if (refused.length > 0) throw new Error(`Refused for good: ${JSON.stringify(refused)}`);
  const ledger = await settledLedger(product, SETTLE_PATIENCE);
  if (ledger.balanced !== true) throw new Error('The ledger does not balance.');
  if (ledger.terminal?.delivered !== ledger.accepted) {
    throw new Error(`Not everything was delivered: ${JSON.stringify(ledger)}`);
  }
  const { lost, doubled, strays } = await arrivalsOf(product, recipients, report);
  if (lost.length > 0) throw new Error(`Lost: ${lost.join(' ')}`);
  if (strays.length > 0) throw new Error(`In the wrong mailbox: ${strays.join(' ')}`);
  const records = await recordsOf(product, recipients);
  const twice = records.length - new Set(records).size;
  // The client sends again what it had no answer for; one record each is what it may have left before.
  if (twice > report.inDoubt) {
    throw new Error(`${twice} records are double, with ${report.inDoubt} answers missing.`);
  }
  // Office 365 drops the second copy: of a message that was taken twice, and of one whose sending was not yet recorded.
  const dropped = (await product.world.duplicatesDropped()) - droppedBefore;
  const sentTwice = Math.max(0, dropped - twice);
  const cuts = killed.filter((victim) => victim === 'relay' || victim === 'postgres').length;
  if (sentTwice > cuts * MOST_IN_FLIGHT) {
    throw new Error(`${sentTwice} were sent twice by ${cuts} cuts, more than was in flight.`);
  }
  return [
    `seed ${SEED}, ${killed.length} kills: ${counted(killed)}`,
    `${report.accepted.length} accepted, lost 0, ${report.lostConnections} connections lost`,
    `${twice} taken twice of ${report.inDoubt} in doubt; ${sentTwice} sent twice by ${cuts} cuts behind the relay; ${doubled.length} twice in a mailbox, since Office 365 knows a Message-ID again`,
  ];
}

/** Message-IDs of this load, one for each record that was made of it. */
async function recordsOf(
  product: Product,
  recipients: readonly string[],
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const recipient of recipients) {
    const { json } = await product.holdfast('trace', '--recipient', recipient, '--json');
    ids.push(...(json as TraceRow[]).map(({ messageId }) => messageId));
  }
  return ids.filter((id) => killNumber(id) !== null);
}

function counted(killed: readonly Victim[]): string {
  return VICTIMS.map((victim) => {
    const times = killed.filter((candidate) => candidate === victim).length;
    return `${victim} ${times}`;
  }).join(', ');
}

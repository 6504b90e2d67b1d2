import type { LedgerAnswer, LedgerPart } from './command-answers.ts';
import type { Product } from './product.ts';
import { waitFor } from './wait-for.ts';

/** `holdfast ledger --json` of a product whose database answers. */
export async function readLedger(product: Product): Promise<LedgerAnswer> {
  const result = await product.holdfast('ledger', '--json');
  if (result.exit !== 0 && result.exit !== 1) {
    throw new Error(`ledger ended with ${result.exit}: ${result.stderr}`);
  }
  return result.json as LedgerAnswer;
}

/** Each look is a process, which takes its computing time from what is waited for. Milliseconds. */
const LOOK_PAUSE = 1_000;

/** Waits until every accepted recipient, inbound, outbound and our own, has reached a terminal state. */
export async function settledLedger(product: Product, patience?: number): Promise<LedgerAnswer> {
  let last: LedgerAnswer | undefined;
  return waitFor(
    'the ledger to have nothing open',
    async () => {
      last = await readLedger(product);
      return isSettled(last) && isSettled(last.outbound) && isSettled(last.notices) && last;
    },
    { pause: LOOK_PAUSE, instead: () => last, ...(patience !== undefined && { patience }) },
  );
}

function isSettled({ open, waitingForIngest }: LedgerPart): boolean {
  return open !== null && sum(open) === 0 && waitingForIngest === 0;
}

export function sum(counts: Readonly<Record<string, number>> | null): number {
  return Object.values(counts ?? {}).reduce((total, count) => total + count, 0);
}

import type { OpenState, TerminalState } from './delivery.ts';

export interface LedgerCounts {
  /** Recipients counted from the spool records themselves, not from rows, so that the sum is a proof. */
  readonly accepted: number;
  readonly open: Readonly<Record<OpenState, number>>;
  readonly terminal: Readonly<Record<TerminalState, number>>;
}

export interface Ledger extends LedgerCounts {
  /** Accepted on disk and not yet a row: waits for ingest. Part of the balance, never lost. */
  readonly waitingForIngest: number;
  readonly balanced: boolean;
}

/** Balanced: every accepted recipient is open or in exactly one terminal state (invariant 4). */
export function balanceLedger(counts: LedgerCounts, waitingForIngest: number): Ledger {
  const rows = sum(Object.values(counts.open)) + sum(Object.values(counts.terminal));
  return { ...counts, waitingForIngest, balanced: counts.accepted === rows + waitingForIngest };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

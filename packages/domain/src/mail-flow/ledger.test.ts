import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceLedger, type LedgerCounts } from './ledger.ts';

const count = fc.nat(1_000_000);
const counts = fc.record({
  open: fc.record({
    queued: count,
    leased: count,
    deferred: count,
    held: count,
    quarantined: count,
  }),
  terminal: fc.record({ delivered: count, discarded: count, bounced: count }),
});
const total = (rows: Omit<LedgerCounts, 'accepted'>): number =>
  [...Object.values(rows.open), ...Object.values(rows.terminal)].reduce((a, b) => a + b, 0);

describe('the ledger (invariant 4)', () => {
  it('balances when every accepted recipient is a row or waits for ingest', () => {
    fc.assert(
      fc.property(counts, count, (rows, waiting) => {
        const accepted = total(rows) + waiting;
        expect(balanceLedger({ ...rows, accepted }, waiting).balanced).toBe(true);
      }),
    );
  });

  it('shows a single one that is missing or counted twice', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(-1, 1), (rows, error) => {
        expect(balanceLedger({ ...rows, accepted: total(rows) + error }, 0).balanced).toBe(false);
      }),
    );
  });
});

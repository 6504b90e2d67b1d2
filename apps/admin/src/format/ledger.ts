import type { Overview } from '@holdfast/contracts';
import { m } from '../messages/catalogue.ts';

type Ledger = NonNullable<Overview['ledger']>;

/** `1,204 accepted = 1,201 delivered + 3 in review + 0 lost`. Lost is what the sum does not account for, never assumed. */
export function ledgerSentence(ledger: Ledger): string {
  const { open, terminal } = ledger;
  const review = open.held + open.quarantined;
  const waiting = open.queued + open.leased + open.deferred;
  const accounted =
    terminal.delivered +
    terminal.discarded +
    terminal.bounced +
    review +
    waiting +
    ledger.waitingForIngest;
  return m.ledger.sentence({
    accepted: ledger.accepted,
    delivered: terminal.delivered,
    open: waiting,
    review,
    discarded: terminal.discarded,
    bounced: terminal.bounced,
    ingest: ledger.waitingForIngest,
    lost: ledger.accepted - accounted,
  });
}

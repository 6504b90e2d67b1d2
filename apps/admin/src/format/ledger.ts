import type { Overview } from '@holdfast/contracts';
import { m } from '../messages/catalogue.ts';

type Ledger = NonNullable<Overview['ledger']>;

export interface LedgerPart {
  readonly text: string;
  /** Where those are listed; null where there is nothing to list. */
  readonly href: string | null;
}

/** The right side of the sum, without the parts that are zero. Lost is what it does not account for, never assumed. */
export function ledgerParts(
  ledger: Ledger,
  direction: 'inbound' | 'outbound',
): readonly LedgerPart[] {
  const { open, terminal } = ledger;
  const waiting = open.queued + open.leased + open.deferred;
  const words = m.ledger.count;
  const counted: readonly (readonly [number, (count: number) => string, string | null])[] = [
    [waiting, words.waiting, `/queue?state=queued,leased,deferred&direction=${direction}`],
    [open.held, words.review, `/queue?state=review,held&direction=${direction}`],
    [open.quarantined, words.quarantined, '/quarantine'],
    [terminal.discarded, words.discarded, null],
    [terminal.bounced, words.bounced, null],
    [ledger.waitingForIngest, words.ingest, null],
  ];
  const accounted = counted.reduce((sum, [count]) => sum + count, terminal.delivered);
  return [
    { text: words.delivered(terminal.delivered), href: null },
    ...counted.flatMap(([count, word, href]) => (count > 0 ? [{ text: word(count), href }] : [])),
    { text: words.lost(ledger.accepted - accounted), href: null },
  ];
}

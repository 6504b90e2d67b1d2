import {
  balanceLedger,
  OPEN_STATES,
  TERMINAL_STATES,
  type DeliveryState,
  type Ledger,
} from '@holdfast/domain';
import type { Database } from '../ports/repositories.ts';
import type { SpooledRecord, SpoolOrigin, SpoolPosition, SpoolReader } from '../ports/spool.ts';

/** Per read while counting: bodies are held along with their heads until the read is counted. */
const COUNT_RECORDS = 1000;
const COUNT_BYTES = 16 * 1024 * 1024;

export interface LedgerReading {
  readonly inbound: Ledger;
  /** What people wrote in emergency mailboxes. */
  readonly outbound: Ledger;
  /** What the product wrote itself: notices to work addresses, and reports of mail that could not be delivered. */
  readonly notices: Ledger;
}

export type LedgerPart = keyof LedgerReading;

interface SpoolCount {
  readonly accepted: number;
  /** Of them, not yet behind the cursor. */
  readonly waiting: number;
}

/**
 * Counts accepted recipients on the disk and compares them with the rows (invariant 4). Rows and cursors are read in
 * one transaction first; the disk is then counted once, split at those cursors, so that mail that arrives meanwhile
 * shows as waiting and never as a difference.
 */
export async function readLedger(
  ports: { readonly database: Database; readonly reader: SpoolReader },
  organisationId: string,
): Promise<LedgerReading> {
  const { counts, positions } = await ports.database.acrossOrganisations(
    async ({ ingest, ledger }) => ({
      positions: await ingest.positions(),
      counts: await ledger.counts(organisationId),
    }),
  );
  const disk = await countSpool(ports.reader, organisationId, positions);
  return {
    inbound: toLedger(counts.inbound, disk.inbound),
    outbound: toLedger(counts.outbound, disk.outbound),
    notices: toLedger(counts.notices, disk.notices),
  };
}

function toLedger(byState: Readonly<Record<DeliveryState, number>>, disk: SpoolCount): Ledger {
  const [queued, leased, deferred, held, quarantined] = OPEN_STATES.map((state) => byState[state]);
  const [delivered, discarded, bounced] = TERMINAL_STATES.map((state) => byState[state]);
  return balanceLedger(
    {
      accepted: disk.accepted,
      open: {
        queued: queued ?? 0,
        leased: leased ?? 0,
        deferred: deferred ?? 0,
        held: held ?? 0,
        quarantined: quarantined ?? 0,
      },
      terminal: { delivered: delivered ?? 0, discarded: discarded ?? 0, bounced: bounced ?? 0 },
    },
    disk.waiting,
  );
}

/** The disk's own count; with no positions everything counts as waiting: what can be said without a database. */
export async function countSpool(
  reader: SpoolReader,
  organisationId: string | null,
  positions: readonly SpoolPosition[],
): Promise<Readonly<Record<LedgerPart, SpoolCount>>> {
  const ends = new Map(
    positions.map((position) => [`${position.instance}/${position.segment}`, position.offset]),
  );
  const totals = {
    inbound: { accepted: 0, waiting: 0 },
    outbound: { accepted: 0, waiting: 0 },
    notices: { accepted: 0, waiting: 0 },
  };
  for (const { instance, segment } of await reader.segments()) {
    const end = ends.get(`${instance}/${segment}`) ?? 0;
    let from: SpoolPosition = { instance, segment, offset: 0 };
    for (;;) {
      const batch = await reader.read(from, { records: COUNT_RECORDS, bytes: COUNT_BYTES });
      for (const record of batch.records) {
        const { part, recipients } = countRecord(record, organisationId);
        totals[part].accepted += recipients;
        if (record.reference.offset >= end) totals[part].waiting += recipients;
      }
      if (batch.next.offset === from.offset) break;
      from = batch.next;
    }
  }
  return totals;
}

function countRecord(
  record: SpooledRecord,
  organisationId: string | null,
): { readonly part: LedgerPart; readonly recipients: number } {
  const { recipients } = record.envelope;
  const part = partOf(record.origin);
  if (part === 'inbound') {
    const own = recipients.filter(
      (recipient) => organisationId === null || recipient.organisationId === organisationId,
    );
    return { part, recipients: own.length };
  }
  const ours = organisationId === null || record.organisationId === organisationId;
  return { part, recipients: ours ? recipients.length : 0 };
}

function partOf(origin: SpoolOrigin): LedgerPart {
  switch (origin) {
    case 'inbound':
    case 'seed':
      return 'inbound';
    case 'submission':
      return 'outbound';
    case 'notice':
    case 'bounce':
      return 'notices';
  }
}

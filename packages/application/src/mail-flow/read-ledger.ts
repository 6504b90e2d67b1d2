import {
  balanceLedger,
  OPEN_STATES,
  TERMINAL_STATES,
  type DeliveryState,
  type Ledger,
} from '@holdfast/domain';
import type { Database } from '../ports/database.ts';
import type { LedgerPart, SettledCount } from '../ports/retention.ts';
import type { SpoolPosition, SpoolReader } from '../ports/spool.ts';
import { acceptedRecipients, createTally } from './accepted-recipients.ts';

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

interface SpoolCount {
  readonly accepted: number;
  /** Of them, not yet behind the cursor. */
  readonly waiting: number;
}

/** Retention removed a segment while the spool was counted: then it is counted again, this often. */
const COUNT_TRIES = 5;

/**
 * Counts accepted recipients on the disk and compares them with the rows (invariant 4). Rows and cursors are read in
 * one transaction first, as they were at one instant; the disk is then counted once, split at those cursors, so that mail that arrives meanwhile
 * shows as waiting and never as a difference. What retention has removed is settled: counted from the records, and from
 * the rows, when they went.
 */
export async function readLedger(
  ports: { readonly database: Database; readonly reader: SpoolReader },
  organisationId: string,
): Promise<LedgerReading> {
  for (let tries = 1; ; tries += 1) {
    const { counts, positions, settled } = await ports.database.acrossOrganisations(
      async ({ ingest, ledger }) => ({
        positions: await ingest.positions(),
        counts: await ledger.counts(organisationId),
        settled: await ledger.settled(organisationId),
      }),
      { atOneInstant: true },
    );
    const disk = await countSpool(ports.reader, organisationId, positions, settled.removed);
    const after = await ports.database.acrossOrganisations(({ ledger }) =>
      ledger.settled(organisationId),
    );
    const isSame =
      after.accepted.inbound === settled.accepted.inbound &&
      after.accepted.outbound === settled.accepted.outbound &&
      after.accepted.notices === settled.accepted.notices;
    if (!isSame && tries < COUNT_TRIES) continue;
    return {
      inbound: toLedger(counts.inbound, plus(disk.inbound, settled.accepted.inbound)),
      outbound: toLedger(counts.outbound, plus(disk.outbound, settled.accepted.outbound)),
      notices: toLedger(counts.notices, plus(disk.notices, settled.accepted.notices)),
    };
  }
}

function plus(disk: SpoolCount, settled: number): SpoolCount {
  return { ...disk, accepted: disk.accepted + settled };
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

/**
 * Segments that nothing is appended to any more, counted once by each process: in thirty days the spool is too big to be
 * read for every look at the ledger. A segment that was written to its end and read to its end says the same for ever.
 */
const counted = new WeakMap<SpoolReader, Map<string, CountedSegment>>();

interface CountedSegment {
  /** Offset behind the last record. */
  readonly end: number;
  readonly counts: readonly SettledCount[];
}

/** The disk's own count; with no positions everything counts as waiting: what can be said without a database. */
export async function countSpool(
  reader: SpoolReader,
  organisationId: string | null,
  positions: readonly SpoolPosition[],
  /** Settled already, although their files may still be there. */
  removed: readonly Pick<SpoolPosition, 'instance' | 'segment'>[] = [],
): Promise<Readonly<Record<LedgerPart, SpoolCount>>> {
  const known = counted.get(reader) ?? new Map<string, CountedSegment>();
  counted.set(reader, known);
  const ends = new Map(positions.map((position) => [nameOf(position), position.offset]));
  const gone = new Set(removed.map(nameOf));
  const totals = {
    inbound: { accepted: 0, waiting: 0 },
    outbound: { accepted: 0, waiting: 0 },
    notices: { accepted: 0, waiting: 0 },
  };
  const add = (counts: readonly SettledCount[], isWaiting: boolean): void => {
    for (const count of counts) {
      if (organisationId !== null && count.organisationId !== organisationId) continue;
      const total = totals[count.part];
      total.accepted += count.recipients;
      if (isWaiting) total.waiting += count.recipients;
    }
  };
  const segments = await reader.segments();
  for (const segment of segments) {
    const name = nameOf(segment);
    if (gone.has(name)) continue;
    const end = ends.get(name) ?? 0;
    const before = known.get(name);
    if (before !== undefined && before.end === end) {
      add(before.counts, false);
      continue;
    }
    const now = await countSegment(reader, segment, end);
    add(now.behind, false);
    add(now.waiting, true);
    if (segment.finished && now.end === end) known.set(name, { end: now.end, counts: now.behind });
  }
  const present = new Set(segments.map(nameOf));
  for (const name of known.keys()) if (!present.has(name)) known.delete(name);
  return totals;
}

/** Accepted recipients of a segment, before the cursor and behind it. */
async function countSegment(
  reader: SpoolReader,
  { instance, segment }: Pick<SpoolPosition, 'instance' | 'segment'>,
  cursor: number,
): Promise<{
  readonly end: number;
  readonly behind: readonly SettledCount[];
  readonly waiting: readonly SettledCount[];
}> {
  const behind = createTally();
  const waiting = createTally();
  let from: SpoolPosition = { instance, segment, offset: 0 };
  for (;;) {
    const batch = await reader.read(from, { records: COUNT_RECORDS, bytes: COUNT_BYTES });
    for (const record of batch.records)
      (record.reference.offset >= cursor ? waiting : behind).add(acceptedRecipients(record));
    if (batch.next.offset === from.offset) break;
    from = batch.next;
  }
  return { end: from.offset, behind: behind.counts(), waiting: waiting.counts() };
}

function nameOf({ instance, segment }: Pick<SpoolPosition, 'instance' | 'segment'>): string {
  return `${instance}/${segment}`;
}

import { readLedger, type LedgerReading, type Ports } from '@holdfast/application';
import { SECOND } from '@holdfast/domain';

/**
 * Counting reads every record head on disk, so pages that poll share a count for twenty times as long as it took: what
 * is looked at never costs more than a twentieth of one core, and a small spool is never seen old.
 */
const SHARED_FOR = 20;
/** Bounds of that time. Unit: milliseconds. */
const SHORTEST = SECOND;
const LONGEST = 30 * SECOND;

interface Count {
  /** Infinite while it is being counted. */
  freshUntil: number;
  readonly ledger: Promise<LedgerReading | null>;
}

type LedgerPorts = Pick<Ports, 'reader' | 'database' | 'clock' | 'log'>;

const counts = new WeakMap<Ports['reader'], Map<string, Count>>();

/** The ledgers, at most 30 s old; null when the spool cannot be read from here, which the log says. */
export function recentLedger(
  ports: LedgerPorts,
  organisationId: string,
): Promise<LedgerReading | null> {
  const known = counts.get(ports.reader) ?? new Map<string, Count>();
  counts.set(ports.reader, known);
  const began = ports.clock.now();
  const last = known.get(organisationId);
  if (last !== undefined && began < last.freshUntil) return last.ledger;
  const ledger = readLedger(ports, organisationId).catch((error: unknown) => {
    ports.log.warn('the ledger could not be read', { organisationId, error: String(error) });
    return null;
  });
  const count: Count = { freshUntil: Number.POSITIVE_INFINITY, ledger };
  known.set(organisationId, count);
  void ledger.then(() => {
    const ended = ports.clock.now();
    const shared = Math.min(LONGEST, Math.max(SHORTEST, (ended - began) * SHARED_FOR));
    count.freshUntil = ended + shared;
  });
  return ledger;
}

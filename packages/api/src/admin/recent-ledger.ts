import { readLedger, type Ports } from '@holdfast/application';
import { SECOND, type Ledger } from '@holdfast/domain';

/** Counting reads every record head on disk: pages that poll share one count for this long. Unit: milliseconds. */
const LEDGER_FRESH_FOR = 30 * SECOND;

interface Count {
  readonly at: number;
  readonly ledger: Promise<Ledger | null>;
}

const counts = new WeakMap<Ports['reader'], Map<string, Count>>();

/** The inbound ledger, at most 30 s old; null when the spool cannot be read from here, which the log says. */
export function recentLedger(ports: Ports, organisationId: string): Promise<Ledger | null> {
  const known = counts.get(ports.reader) ?? new Map<string, Count>();
  counts.set(ports.reader, known);
  const now = ports.clock.now();
  const last = known.get(organisationId);
  if (last !== undefined && now - last.at < LEDGER_FRESH_FOR) return last.ledger;
  const ledger = readLedger(ports, organisationId).then(
    ({ inbound }) => inbound,
    (error: unknown) => {
      ports.log.warn('the ledger could not be read', { organisationId, error: String(error) });
      return null;
    },
  );
  known.set(organisationId, { at: now, ledger });
  return ledger;
}

import type { Instant } from '@holdfast/domain';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../ports/database.ts';
import type { Reader } from '../ports/repositories/ingest-repository.ts';
import type { ReadersOf } from './ingested-message.ts';

/** What was looked up is believed this long, and less when a change is told. Unit: milliseconds. */
const BELIEVED_FOR = 15_000;
/** Addresses remembered; beyond it everything is looked up anew. */
const MAX_REMEMBERED = 100_000;

interface WantedAddress {
  readonly organisationId: string;
  readonly address: string;
}

export interface KnownReaders {
  /** Looks up what is not known yet, all organisations and groups in one query. */
  of(wanted: readonly WantedAddress[]): Promise<ReadersOf>;
  /** The directory or somebody's protection has changed. */
  forget(): void;
}

/** Who reads which address, remembered for a moment: a query for each message would cost more than its rows. */
export function createKnownReaders(ports: {
  readonly database: Database;
  readonly clock: Clock;
}): KnownReaders {
  let known = new Map<string, readonly Reader[]>();
  let since: Instant = 0;
  return {
    async of(wanted) {
      const now = ports.clock.now();
      if (now - since > BELIEVED_FOR || now < since || known.size > MAX_REMEMBERED) {
        known = new Map();
        since = now;
      }
      const remembered = known;
      const missing = new Map<string, WantedAddress>();
      for (const entry of wanted) {
        const key = keyOf(entry.organisationId, entry.address);
        if (!remembered.has(key)) missing.set(key, entry);
      }
      if (missing.size > 0) {
        const found = await ports.database.acrossOrganisations(({ ingest }) =>
          ingest.readers([...missing.values()]),
        );
        for (const key of missing.keys()) remembered.set(key, []);
        for (const { organisationId, address, readers } of found)
          remembered.set(keyOf(organisationId, address), readers);
      }
      return (organisationId, address) => remembered.get(keyOf(organisationId, address)) ?? [];
    },
    forget() {
      known = new Map();
    },
  };
}

function keyOf(organisationId: string, address: string): string {
  return `${organisationId} ${address}`;
}

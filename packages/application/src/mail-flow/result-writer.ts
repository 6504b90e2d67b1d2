import type { DeliveryResult, UnusedLease } from '../records/mail.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Database } from '../ports/database.ts';

/** What is written in one transaction at most. */
const RESULTS_AT_ONCE = 1000;
/** How long the first result of a batch waits for company. Unit: ms. */
const GATHER_FOR = 5;

export interface ResultWriter {
  /** Result of one transaction; `written` is called once it is durable. */
  add(results: readonly DeliveryResult[], written: () => void): void;
  giveBack(leases: readonly UnusedLease[], written: () => void): void;
  /** Writes what the database did not take before. Rejects while it does not: nothing new may be leased then. */
  writeWhatWasLeft(): Promise<void>;
  /** Resolves when nothing waits, or what waits could not be written. */
  idle(): Promise<void>;
}

interface Work {
  readonly results: readonly DeliveryResult[];
  readonly unused: readonly UnusedLease[];
  readonly written: () => void;
}

/**
 * Group commit for results: those of many transactions in one statement every few milliseconds, one write at a time. A
 * crash between the far end's reply and the write makes a duplicate of what was under way, never a loss: the leases are
 * taken over and the mail is sent again.
 */
export function createResultWriter(
  ports: { readonly database: Database; readonly clock: Clock; readonly log: Log },
  owner: string,
  gather: (milliseconds: number) => Promise<void>,
): ResultWriter {
  let waiting: Work[] = [];
  let writing: Promise<void> | null = null;
  let failed = false;

  function push(work: Work): void {
    waiting.push(work);
    // After a failure only the next turn of the relay tries again, in its own time.
    if (!failed) writing ??= writeAll().finally(() => (writing = null));
  }

  async function writeAll(): Promise<void> {
    await gather(GATHER_FOR);
    while (waiting.length > 0 && !failed) {
      try {
        await writeSome();
      } catch (error) {
        failed = true;
        const count = waiting.length;
        ports.log.error('delivery results wait for the database', { count, error: String(error) });
      }
    }
  }

  async function writeSome(): Promise<void> {
    const some: Work[] = [];
    let count = 0;
    for (const work of waiting) {
      if (count >= RESULTS_AT_ONCE) break;
      some.push(work);
      count += work.results.length + work.unused.length;
    }
    await ports.database.acrossOrganisations(async ({ deliveries }) => {
      await deliveries.complete(
        some.flatMap(({ results }) => results),
        owner,
      );
      await deliveries.release(
        some.flatMap(({ unused }) => unused),
        owner,
      );
    });
    waiting = waiting.slice(some.length);
    for (const { written } of some) written();
  }

  return {
    add: (results, written) => push({ results, unused: [], written }),
    giveBack: (unused, written) => push({ results: [], unused, written }),
    async writeWhatWasLeft() {
      if (!failed) return;
      while (waiting.length > 0) await writeSome();
      failed = false;
    },
    async idle() {
      while (writing !== null) await writing;
    },
  };
}

import { drizzle } from './drizzle.ts';
import type { Database, Log } from '@holdfast/application';
import { connect } from './connect.ts';
import { translateFailure } from './failures.ts';
import { createJobOutbox } from './jobs/job-sender.ts';
import { createOrganisationRepositories } from './repositories/organisation-repositories.ts';
import { createSystemRepositories } from './repositories/system-repositories.ts';
import { listenForSignals } from './signals.ts';
import { transact } from './transaction.ts';

/** Connections of one role process. */
export const DEFAULT_POOL_SIZE = 10;

export interface DatabaseOptions {
  readonly url: string;
  /** Connections for transactions; one more looks after pings and the job queue. Default 10. */
  readonly poolSize?: number;
  readonly log: Log;
}

/** Connects on first use. Every failure to reach the server is a `DatabaseUnavailableError`. */
export function createDatabase(options: DatabaseOptions): Database & { close(): Promise<void> } {
  const { url, log, poolSize = DEFAULT_POOL_SIZE } = options;
  // drizzle takes the type parsers of its client away, so that nothing else may use it.
  const client = connect(url, poolSize);
  const orm = drizzle(client);
  const plain = connect(url, 1);
  const outbox = createJobOutbox(plain);
  const listeners = new Set<() => Promise<void>>();

  return {
    withinOrganisation: (organisationId, work) =>
      translated(() =>
        transact(orm, 'holdfast_app', organisationId, (transaction) =>
          work(
            createOrganisationRepositories(
              transaction,
              organisationId,
              outbox.senderFor(transaction),
            ),
          ),
        ),
      ),
    acrossOrganisations: (work, { atOneInstant = false } = {}) =>
      translated(() =>
        transact(
          orm,
          'holdfast_system',
          '',
          (transaction) =>
            work(createSystemRepositories(transaction, outbox.senderFor(transaction))),
          atOneInstant ? { isolationLevel: 'repeatable read' } : undefined,
        ),
      ),
    listen: async (heard) => {
      const stop = await listenForSignals(url, heard);
      listeners.add(stop);
      return async () => {
        listeners.delete(stop);
        await stop();
      };
    },
    ping: () =>
      translated(async () => {
        await plain`select 1`;
      }),
    close: async () => {
      await Promise.all([...listeners].map((stop) => stop()));
      await outbox.stop();
      await Promise.all([client.end({ timeout: 5 }), plain.end({ timeout: 5 })]);
      log.debug('database connections closed');
    },
  };
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translateFailure(error);
  }
}

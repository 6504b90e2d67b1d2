import type { Log } from '@holdfast/application';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '@holdfast/database/embedded';
import { runLoop } from '../roles/loop.ts';
import { isAlive } from './running-file.ts';

/** How often the server's process is looked at. Unit: milliseconds. */
const WATCH_PAUSE = 1000;

export interface EmbeddedDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The embedded PostgreSQL, started again when it dies. Its address is derived from the data directory, so the roles find
 * it where it was; mail is accepted meanwhile (invariant 2).
 */
export async function keepEmbeddedDatabase(
  options: Omit<EmbeddedPostgresOptions, 'log'>,
  log: Log,
): Promise<EmbeddedDatabase> {
  const start = (): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres({ ...options, log: (message) => log.info(message) });
  let running = await start();
  const watch = runLoop({
    name: 'embedded PostgreSQL',
    pause: WATCH_PAUSE,
    log,
    turn: async () => {
      if (isAlive(running.processId)) return false;
      log.error('the embedded PostgreSQL died and is started again', {
        processId: running.processId,
      });
      running = await start();
      return false;
    },
  });
  return {
    url: running.url,
    async stop() {
      await watch.stop();
      await running.stop();
    },
  };
}

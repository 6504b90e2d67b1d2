import type { Log } from '@holdfast/application';
import { createDatabase, migrate } from '@holdfast/database';
import { startEmbeddedPostgres } from '@holdfast/database/embedded';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const QUIET: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => QUIET,
};

export interface OwnDatabase {
  readonly database: ReturnType<typeof createDatabase>;
  readonly url: string;
  /** Room for whatever belongs to it; gone with it. */
  readonly directory: string;
}

/** Runs `work` with a PostgreSQL of its own at the current schema, and leaves nothing of it. */
export async function withOwnDatabase<T>(
  options: {
    /** False for figures: the server then syncs as it does in production. */
    readonly throwaway: boolean;
  },
  work: (own: OwnDatabase) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-database-'));
  // Run by root, the server drops to another account, which has to come by here.
  await chmod(directory, 0o755);
  const server = await startEmbeddedPostgres({
    dataDirectory: join(directory, 'postgres'),
    searchPath: process.env['PATH'],
    throwaway: options.throwaway,
    log: () => undefined,
  });
  try {
    await migrate(server.url, { log: QUIET });
    const database = createDatabase({ url: server.url, log: QUIET });
    try {
      return await work({ database, url: server.url, directory });
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

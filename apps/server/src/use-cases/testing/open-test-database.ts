import type { Database, Log } from '@holdfast/application';
import { createDatabase, migrate } from '@holdfast/database';
import { createTestDatabase } from '@holdfast/database/testing';

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

/** A database of the test's own, at the current schema, on a real PostgreSQL. */
export async function openTestDatabase(): Promise<{
  readonly url: string;
  readonly database: Database;
  readonly close: () => Promise<void>;
}> {
  const created = await createTestDatabase((url) => migrate(url, { log: silent }));
  const database = createDatabase({ url: created.url, poolSize: 3, log: silent });
  return {
    url: created.url,
    database,
    close: async () => {
      await database.close();
      await created.drop();
    },
  };
}

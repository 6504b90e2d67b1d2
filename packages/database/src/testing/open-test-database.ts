import type { Database, Log } from '@holdfast/application';
import { createDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import { createTestDatabase } from './test-database.ts';

const nothing = (): void => undefined;
export const SILENT: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => SILENT,
};

export interface OpenTestDatabase {
  readonly url: string;
  readonly database: Database;
  close(): Promise<void>;
}

/** A migrated database of its own and the adapter on it. */
export async function openTestDatabase(): Promise<OpenTestDatabase> {
  const { url, drop } = await createTestDatabase((fresh) => migrate(fresh, { log: SILENT }));
  const database = createDatabase({ url, poolSize: 4, log: SILENT });
  return {
    url,
    database,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

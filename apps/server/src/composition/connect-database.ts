import { DatabaseUnavailableError, type Log } from '@holdfast/application';
import { assertSchemaKnown, createDatabase } from '@holdfast/database';
import type { Configuration } from '../configuration/read-configuration.ts';

type Connected = ReturnType<typeof createDatabase>;

/** Connections of one process; the roles together stay well below the server's 100. */
const POOL_SIZE = 10;

/** The configured database, refusing a schema this version does not know. */
export async function connectDatabase(configuration: Configuration, log: Log): Promise<Connected> {
  if (configuration.databaseUrl === null) {
    throw new DatabaseUnavailableError(
      new Error('No DATABASE_URL, and no embedded server is running'),
    );
  }
  await assertSchemaKnown(configuration.databaseUrl);
  return createDatabase({ url: configuration.databaseUrl, poolSize: POOL_SIZE, log });
}

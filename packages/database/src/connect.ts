import postgres from 'postgres';
import { parseDatabaseUrl } from './embedded/connection.ts';

/** A server that does not answer within this is unavailable. Seconds. */
const CONNECT_TIMEOUT = 5;

/** A postgres.js client; `close` it. Its instants are UTC and its notices are not printed. */
export function connect(url: string, poolSize: number): postgres.Sql {
  return postgres(url, {
    ...parseDatabaseUrl(url),
    max: poolSize,
    connect_timeout: CONNECT_TIMEOUT,
    onnotice: () => undefined,
    connection: { application_name: 'holdfast', TimeZone: 'UTC' },
  });
}

/** Where a PostgreSQL server listens and as whom to sign in; fits the options of `postgres()`. */
export interface DatabaseAddress {
  /** A host name, or the directory of a unix socket (it then starts with a slash). */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password?: string;
}

/** PostgreSQL's own number, used when a URL names none. */
const DEFAULT_PORT = 5432;

/**
 * The address as a URL, in the form libpq, `psql` and node-postgres (pg-boss) understand:
 * a socket directory is the percent-encoded host.
 */
export function toDatabaseUrl(address: DatabaseAddress): string {
  const user = encodeURIComponent(address.username);
  const password = address.password === undefined ? '' : `:${encodeURIComponent(address.password)}`;
  const host = address.host.startsWith('/') ? encodeURIComponent(address.host) : address.host;
  return `postgres://${user}${password}@${host}:${address.port}/${encodeURIComponent(address.database)}`;
}

/**
 * Reads a database URL back. postgres.js 3.4 does not decode a percent-encoded socket directory
 * in a URL (it looks the encoded name up in DNS), so give it `postgres(url, parseDatabaseUrl(url))`:
 * its options win over the URL, and the URL's query parameters still count.
 *
 * @throws TypeError when the text is no URL
 */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  const parsed = new URL(url);
  const password = decodeURIComponent(parsed.password);
  const database = decodeURIComponent(parsed.pathname.slice(1));
  const username = decodeURIComponent(parsed.username);
  return {
    host: decodeURIComponent(parsed.hostname),
    port: parsed.port === '' ? DEFAULT_PORT : Number(parsed.port),
    database: database === '' ? username : database,
    username,
    ...(password === '' ? {} : { password }),
  };
}

import { DatabaseUnavailableError } from '@holdfast/application';

/** postgres.js's own words, and the SQLSTATE classes for "no connection" (08), "shutting down" and "no slot left". */
const UNAVAILABLE = /^(CONNECTION_\w+|CONNECT_TIMEOUT|08\d{3}|57P0[1-3]|53300)$/;

/** What a socket of Node says when the server is killed while it answers; of no other socket does work in a transaction wait. */
const LOST = /^(ECONNRESET|EPIPE|ENOTCONN)$/;

/** The error that the driver threw, without drizzle's wrapper; a lost connection becomes `DatabaseUnavailableError`. */
export function translateFailure(error: unknown): unknown {
  const origin = unwrap(error);
  return isUnavailable(origin) ? new DatabaseUnavailableError(origin) : origin;
}

function unwrap(error: unknown): unknown {
  if (error instanceof Error && 'query' in error && error.cause instanceof Error)
    return error.cause;
  return error;
}

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if ('syscall' in error) return error.syscall === 'connect' || LOST.test(code);
  return UNAVAILABLE.test(code);
}

import { DatabaseBusyError, DatabaseUnavailableError } from '@holdfast/application';

/** postgres.js's own words, and the SQLSTATE classes for "no connection" (08), "shutting down" and "no slot left". */
const UNAVAILABLE = /^(CONNECTION_\w+|CONNECT_TIMEOUT|08\d{3}|57P0[1-3]|53300)$/;

/** What a socket of Node says when the server is killed while it answers; of no other socket does work in a transaction wait. */
const LOST = /^(ECONNRESET|EPIPE|ENOTCONN)$/;

/** `lock_timeout` of a transaction that set one, and a deadlock that this one was failed for. */
const BUSY = /^(?:55P03|40P01)$/;

/**
 * The error that the driver threw, without drizzle's wrapper; a lost connection becomes `DatabaseUnavailableError`, a lock
 * that was not waited for `DatabaseBusyError`.
 */
export function translateFailure(error: unknown): unknown {
  const origin = unwrap(error);
  if (isBusy(origin)) return new DatabaseBusyError(origin);
  return isUnavailable(origin) ? new DatabaseUnavailableError(origin) : origin;
}

function unwrap(error: unknown): unknown {
  if (error instanceof Error && 'query' in error && error.cause instanceof Error)
    return error.cause;
  return error;
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && BUSY.test(String(error.code));
}

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if ('syscall' in error) return error.syscall === 'connect' || LOST.test(code);
  return UNAVAILABLE.test(code);
}

import type { OrganisationRepositories } from './repositories/organisation-repositories.ts';
import type { SystemRepositories } from './repositories/system-repositories.ts';
import type { Signal } from './signal.ts';

export interface Database {
  /** One transaction, scoped to one organisation (invariant 8). Rolls back when `work` throws. */
  withinOrganisation<T>(
    organisationId: string,
    work: (repositories: OrganisationRepositories) => Promise<T>,
  ): Promise<T>;
  /** One transaction across organisations, for queues and for finding out who someone is. */
  acrossOrganisations<T>(
    work: (repositories: SystemRepositories) => Promise<T>,
    /** `atOneInstant`: all that is read is as it was when the first was, for what only reads. */
    options?: { readonly atOneInstant?: boolean },
  ): Promise<T>;
  /** Calls back for each signal; reconnects by itself. Returns how to stop. */
  listen(heard: (signal: Signal) => void): Promise<() => Promise<void>>;
  /** Throws `DatabaseUnavailableError` when it does not answer. */
  ping(): Promise<void>;
}

export class DatabaseUnavailableError extends Error {
  constructor(cause: unknown, message = 'The database does not answer') {
    super(message, { cause });
    this.name = 'DatabaseUnavailableError';
  }
}

/**
 * It answers, but somebody else held what this wanted, for longer than it waits or in a deadlock that it was failed for.
 * Nothing has happened, and it is worth trying again, as with one that does not answer.
 */
export class DatabaseBusyError extends DatabaseUnavailableError {
  constructor(cause: unknown) {
    super(cause, 'The database is busy with something else');
    this.name = 'DatabaseBusyError';
  }
}

/** What can keep the embedded PostgreSQL from starting. */
export type EmbeddedPostgresErrorCode =
  | 'postgres.no-binaries'
  | 'postgres.version-mismatch'
  | 'postgres.data-directory'
  | 'postgres.no-start';

/** The message says what happened, why, and what to do; it is meant to be shown as it is. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
    this.code = code;
  }
}

import { AlreadyRunningError, RoleRefusedError } from '../supervisor/start-refusals.ts';
import { DatabaseUnavailableError, Refusal } from '@holdfast/application';
import { ERRORS, type ErrorKind } from '@holdfast/contracts';
import { EmbeddedPostgresError } from '@holdfast/database/embedded';
import { ConfigurationError } from '../configuration/read-configuration.ts';

/** Exit codes in the manner of sysexits.h, so that scripts can tell a refusal from a fault. */
export const EXIT = {
  ok: 0,
  differs: 1,
  usage: 64,
  data: 65,
  notFound: 66,
  internal: 70,
  temporary: 75,
  permission: 77,
  configuration: 78,
} as const;

const BY_KIND: Readonly<Record<ErrorKind, number>> = {
  unauthenticated: EXIT.permission,
  forbidden: EXIT.permission,
  invalid: EXIT.usage,
  'not-found': EXIT.notFound,
  conflict: EXIT.data,
  throttled: EXIT.temporary,
  unavailable: EXIT.temporary,
  internal: EXIT.internal,
};

export interface Failure {
  readonly exit: number;
  readonly code: string;
  readonly message: string;
}

/** The one mapping from errors to exit codes and sentences. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) {
    const details = Object.entries(error.fields)
      .filter(([, sentence]) => sentence !== error.message)
      .map(([field, sentence]) => `  ${field}: ${sentence}`);
    return {
      exit: BY_KIND[ERRORS[error.code]],
      code: error.code,
      message: [error.message, ...details].join('\n'),
    };
  }
  if (error instanceof DatabaseUnavailableError) {
    return {
      exit: EXIT.temporary,
      code: 'database.unreachable',
      message:
        'The database does not answer. Is Holdfast running? Mail is accepted all the same while mx runs.',
    };
  }
  if (error instanceof ConfigurationError) {
    return { exit: EXIT.configuration, code: 'configuration.invalid', message: error.message };
  }
  if (
    error instanceof AlreadyRunningError ||
    error instanceof RoleRefusedError ||
    error instanceof EmbeddedPostgresError
  ) {
    return { exit: EXIT.temporary, code: 'start.refused', message: error.message };
  }
  return {
    exit: EXIT.internal,
    code: 'internal',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

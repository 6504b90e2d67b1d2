import { DatabaseBusyError, DatabaseUnavailableError } from '@holdfast/application';
import { describe, expect, test } from 'vitest';
import { translateFailure } from './failures.ts';

function failure(facts: { readonly code: string; readonly syscall?: string }): Error {
  return Object.assign(new Error(facts.code), facts);
}

describe('a failure of the driver', () => {
  test.each([
    { code: 'ECONNREFUSED', syscall: 'connect' },
    { code: 'ENOENT', syscall: 'connect' },
    // The server was killed while it answered.
    { code: 'ECONNRESET', syscall: 'read' },
    { code: 'EPIPE', syscall: 'write' },
    { code: 'CONNECTION_CLOSED' },
    { code: '57P01' },
  ])('$code of $syscall is a database that is not there', (facts) => {
    const wrapped = Object.assign(new Error('Failed query'), { query: 'select' });
    wrapped.cause = failure(facts);
    for (const error of [failure(facts), wrapped])
      expect(translateFailure(error)).toBeInstanceOf(DatabaseUnavailableError);
  });

  test.each(['55P03', '40P01'])('%s is a database that is busy', (code) => {
    expect(translateFailure(failure({ code }))).toBeInstanceOf(DatabaseBusyError);
  });

  test.each([{ code: 'ENOENT', syscall: 'open' }, { code: '23505' }])(
    '$code is what it is',
    (facts) => {
      const error = failure(facts);
      expect(translateFailure(error)).toBe(error);
    },
  );
});

import { Refusal } from '@holdfast/application';
import { ERRORS, type ErrorKind, type ErrorShape } from '@holdfast/contracts';
import type { Language } from '@holdfast/domain';
import { TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { inLanguage } from './words/in-language.ts';

const CODES: Readonly<Record<ErrorKind, TRPC_ERROR_CODE_KEY>> = {
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  invalid: 'BAD_REQUEST',
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  throttled: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
};

/** A refusal as tRPC carries it: the HTTP status follows from the kind of its code. */
export function toTrpcError(refusal: Refusal): TRPCError {
  const code = CODES[ERRORS[refusal.code]];
  return new TRPCError({ code, message: refusal.message, cause: refusal });
}

/** What a client reads of a refusal, in its language. */
export function toErrorShape(refusal: Refusal, language: Language = 'en'): ErrorShape {
  const { code, message, fields } = inLanguage(refusal, language);
  return Object.keys(fields).length === 0 ? { code, message } : { code, message, fields };
}

/** For errors that no procedure saw (unknown path, unreadable body): nothing of their text goes out. */
const NOT_UNDERSTOOD = new Refusal(
  'input.invalid',
  'The server does not understand this request. Reload the page.',
);

const FAILED = new Refusal('internal', 'Something failed here. Try again.');

/** `errorFormatter` of both routers: adds `data.appError`, and lets no other text out. */
export function formatError<Data extends object>(
  {
    shape,
    error,
  }: {
    readonly shape: { readonly message: string; readonly code: number; readonly data: Data };
    readonly error: TRPCError;
  },
  language: Language = 'en',
) {
  const unseen = error.code === 'INTERNAL_SERVER_ERROR' ? FAILED : NOT_UNDERSTOOD;
  const refusal = error.cause instanceof Refusal ? error.cause : unseen;
  const appError = toErrorShape(refusal, language);
  return { code: shape.code, message: appError.message, data: { ...shape.data, appError } };
}

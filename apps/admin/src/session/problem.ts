import { ERRORS, type ErrorCode, type ErrorShape } from '@holdfast/contracts';

/** What a page can show: either the server refused in words, or the server was not reached at all. */
export type Problem =
  | { readonly kind: 'refused'; readonly error: ErrorShape }
  | { readonly kind: 'unreachable' };

/** tRPC puts the refusal under `data.appError`; whatever has no such shape never came from our server. */
export function readProblem(error: unknown): Problem {
  const shape = appError(error);
  return shape === null ? { kind: 'unreachable' } : { kind: 'refused', error: shape };
}

export function isCode(error: unknown, code: ErrorCode): boolean {
  return appError(error)?.code === code;
}

function appError(error: unknown): ErrorShape | null {
  const data = field(error, 'data');
  const shape = field(data, 'appError');
  const code = field(shape, 'code');
  const message = field(shape, 'message');
  if (typeof code !== 'string' || typeof message !== 'string' || !isErrorCode(code)) return null;
  const fields = field(shape, 'fields');
  return isTextRecord(fields) ? { code, message, fields } : { code, message };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((entry) => typeof entry === 'string')
  );
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** What the server has against one field of a form; undefined when nothing. */
export function fieldError(error: unknown, name: string): string | undefined {
  return appError(error)?.fields?.[name];
}

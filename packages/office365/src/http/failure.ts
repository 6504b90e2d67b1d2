import { TenantError, type TenantFailure } from '@holdfast/application';
import { z } from 'zod';

/** Longest text of Microsoft's that is passed on. Unit: characters. */
const LONGEST_DETAIL = 300;

/** What Entra ID says about the sign-in itself (reference 1.1). */
const SIGN_IN_CODES: Readonly<Record<string, TenantFailure['code']>> = {
  AADSTS7000215: 'sign-in-failed',
  AADSTS7000222: 'sign-in-failed',
  AADSTS700027: 'sign-in-failed',
  AADSTS700024: 'sign-in-failed',
  AADSTS7000112: 'not-consented',
  AADSTS700016: 'not-consented',
  AADSTS65001: 'not-consented',
  AADSTS90002: 'tenant-unknown',
  AADSTS900023: 'tenant-unknown',
};

const signInBody = z.object({
  error: z.string().nullish(),
  error_description: z.string().nullish(),
});

const graphBody = z.object({
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }),
});

export interface ApiAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: number | null;
}

export function failureOf(
  code: TenantFailure['code'],
  detail: string,
  retryAfter: number | null = null,
): TenantError {
  return new TenantError({ code, detail: tidy(detail), retryAfter });
}

/** One line, without NUL padding (Exchange pads its 403 bodies), shortened. */
export function tidy(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the padding consists of control characters
  const line = text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
  return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL - 1)}…` : line;
}

export function signInFailure(answer: ApiAnswer): TenantError {
  const body = signInBody.safeParse(parseJson(answer.text));
  // After the first sentence come trace id, correlation id and time stamp.
  const said = (body.data?.error_description ?? '').split(/\r?\n| Trace ID:/)[0] ?? '';
  const detail = said || `HTTP ${answer.status} ${body.data?.error ?? ''}`;
  const known = SIGN_IN_CODES[/AADSTS\d+/.exec(said)?.[0] ?? ''];
  if (known !== undefined) return failureOf(known, detail);
  if (answer.status === 429) return failureOf('throttled', detail, answer.retryAfter);
  if (answer.status >= 500) return failureOf('unavailable', detail, answer.retryAfter);
  switch (body.data?.error ?? '') {
    case 'invalid_client':
      return failureOf('sign-in-failed', detail);
    case 'unauthorized_client':
      return failureOf('not-consented', detail);
    default:
      return failureOf('unexpected', detail);
  }
}

export function graphFailure(answer: ApiAnswer): TenantError {
  const body = graphBody.safeParse(parseJson(answer.text));
  const { code, message } = body.data?.error ?? {};
  const said = [code, message].filter((part) => part).join(': ');
  return failureOf(codeOfStatus(answer.status), said || `HTTP ${answer.status}`, answer.retryAfter);
}

export function codeOfStatus(status: number): TenantFailure['code'] {
  switch (status) {
    case 401:
      return 'sign-in-failed';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 429:
      return 'throttled';
    default:
      return status >= 500 ? 'unavailable' : 'unexpected';
  }
}

/** Null when the text is no JSON: gateways answer with HTML when they are ill. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The permission is missing, as opposed to "try again later". */
export function isPermissionFailure(error: unknown): error is TenantError {
  if (!(error instanceof TenantError)) return false;
  const { code } = error.failure;
  return code === 'forbidden' || code === 'not-consented' || code === 'sign-in-failed';
}

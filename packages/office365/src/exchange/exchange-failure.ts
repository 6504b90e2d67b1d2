import type { TenantError } from '@holdfast/application';
import { z } from 'zod';
import { codeOfStatus, failureOf, parseJson, tidy, type ApiAnswer } from '../http/failure.ts';

const errorBody = z.object({
  error: z.object({
    code: z.string().nullish(),
    message: z.string().nullish(),
    details: z.array(z.object({ message: z.string().nullish() })).nullish(),
    innererror: z
      .object({ internalException: z.object({ message: z.string().nullish() }).nullish() })
      .nullish(),
  }),
});

/** `details[0].message`, then the internal exception, then `message`; each may be `Ex<hash>|<.NET type>|<text>`. */
export function exchangeFailure(answer: ApiAnswer, name: string): TenantError {
  // Bodies of a 403 may be padded with NUL (reference 3.1).
  const plain = answer.text.replaceAll('\u0000', '');
  const { error } = errorBody.safeParse(parseJson(plain)).data ?? {};
  const raw =
    error?.details?.[0]?.message ||
    error?.innererror?.internalException?.message ||
    error?.message ||
    tidy(plain) ||
    `HTTP ${answer.status}`;
  const [, type, ...said] = raw.split('|');
  const text = said.length > 0 ? said.join('|') : raw;
  const refused = /AccessDenied|CommandNotFound|Unauthorized/i.test(type ?? '');
  const missing = /ManagementObjectNotFound/i.test(type ?? '');
  const code = refused ? 'forbidden' : missing ? 'not-found' : codeOfStatus(answer.status);
  return failureOf(code, `${name}: ${text}`, answer.retryAfter);
}

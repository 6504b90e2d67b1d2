import { MINUTE, type Instant } from '../instant.ts';

export interface CodeChallenge {
  /** HMAC of the code; the code itself is never stored. */
  readonly codeHash: string;
  readonly sentAt: Instant;
  readonly failures: number;
}

/** A code is valid this long. */
export const CODE_VALID_FOR = 15 * MINUTE;
/** Wrong guesses before a code is dead: six digits leave 1 in 200,000 to a guesser. */
export const CODE_MAX_FAILURES = 5;
/** A new code at the earliest this long after the last: SMS cost money and can be used to annoy. */
export const CODE_RESEND_AFTER = 1 * MINUTE;
export const CODE_DIGITS = 6;

export type CodeRefusal = 'no-code' | 'code-expired' | 'too-many-guesses' | 'code-wrong';

/** A wrong guess is counted in the challenge that comes back. */
export type CodeCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: CodeRefusal; readonly challenge: CodeChallenge | null };

export function checkCode(
  challenge: CodeChallenge | null,
  codeHash: string,
  at: Instant,
): CodeCheck {
  if (challenge === null) return { ok: false, refusal: 'no-code', challenge };
  if (challenge.failures >= CODE_MAX_FAILURES)
    return { ok: false, refusal: 'too-many-guesses', challenge };
  if (at - challenge.sentAt > CODE_VALID_FOR)
    return { ok: false, refusal: 'code-expired', challenge };
  if (challenge.codeHash !== codeHash)
    return {
      ok: false,
      refusal: 'code-wrong',
      challenge: { ...challenge, failures: challenge.failures + 1 },
    };
  return { ok: true };
}

export function isTooSoon(challenge: CodeChallenge | null, at: Instant): boolean {
  return challenge !== null && at - challenge.sentAt < CODE_RESEND_AFTER;
}

/** Six digits, however they are grouped: what cannot be a code is no guess, so that junk from programs kills none. */
export function isCode(typed: string): boolean {
  return /^\D*(?:\d\D*){6}$/.test(typed) && !/[a-z]/i.test(typed);
}

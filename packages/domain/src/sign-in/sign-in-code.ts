import { MINUTE, type Instant } from '../instant.ts';

/** A code or link that was sent works this long: until a slow message arrives, not until somebody finds the phone. */
export const WAY_IN_VALID_FOR = 15 * MINUTE;
/** A code that the helpdesk reads out works this long. */
export const HELPDESK_CODE_VALID_FOR = 15 * MINUTE;
/** Eight digits with five tries leave a guesser 1 in 20,000,000 for each message. */
export const WAY_IN_DIGITS = 8;
export const WAY_IN_MAX_FAILURES = 5;

/** `way-in` was sent to verified channels; `helpdesk` is read out. Hashes only. */
export interface SignInCode {
  readonly kind: 'way-in' | 'helpdesk';
  readonly codeMac: string;
  /** Null: there is no link. */
  readonly linkHash: string | null;
  /** Of the ticket that the browser holds which asked; a code works there alone. Null for the helpdesk's. */
  readonly ticketHash: string | null;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
  readonly failures: number;
}

export type SignInProof =
  | { readonly kind: 'code'; readonly codeMac: string; readonly ticketHash: string }
  | { readonly kind: 'link'; readonly linkHash: string }
  | { readonly kind: 'read-out'; readonly codeMac: string };

/** `counted`: a wrong guess at a code that is alive, to be written down. */
export type SignInCodeDecision<Code extends SignInCode> =
  | { readonly ok: true; readonly code: Code }
  | { readonly ok: false; readonly counted: Code | null };

/**
 * Which of a user's codes a proof uses up. What is short (the digits) works only together with the ticket of the browser
 * that asked, so that strangers can neither guess it nor use its tries up; what is long (link, helpdesk code) is beyond
 * guessing.
 */
export function decideSignInCode<Code extends SignInCode>(
  codes: readonly Code[],
  proof: SignInProof,
  at: Instant,
): SignInCodeDecision<Code> {
  const alive = codes.filter((code) => code.usedAt === null && code.expiresAt > at);
  switch (proof.kind) {
    case 'code': {
      const asked = alive.find(
        (code) =>
          code.kind === 'way-in' &&
          code.ticketHash === proof.ticketHash &&
          code.failures < WAY_IN_MAX_FAILURES,
      );
      if (asked === undefined) return { ok: false, counted: null };
      if (asked.codeMac === proof.codeMac) return use(asked, at);
      return { ok: false, counted: { ...asked, failures: asked.failures + 1 } };
    }
    case 'link': {
      const linked = alive.find(
        (code) => code.kind === 'way-in' && code.linkHash === proof.linkHash,
      );
      return linked === undefined ? { ok: false, counted: null } : use(linked, at);
    }
    case 'read-out': {
      const read = alive.find((code) => code.kind === 'helpdesk' && code.codeMac === proof.codeMac);
      return read === undefined ? { ok: false, counted: null } : use(read, at);
    }
  }
}

function use<Code extends SignInCode>(code: Code, at: Instant): SignInCodeDecision<Code> {
  return { ok: true, code: { ...code, usedAt: at } };
}

import type { Instant } from '../instant.ts';
import {
  CODE_MAX_FAILURES,
  CODE_VALID_FOR,
  checkCode,
  isTooSoon,
  type CodeChallenge,
  type CodeRefusal,
} from './code-challenge.ts';
import type { ChannelKind } from './contact-channel.ts';

/** A code to a channel that is proven already: what a change of any channel needs. Used once. */
export interface ChannelProof extends CodeChallenge {
  readonly id: string;
  /** The channel that the code went to. */
  readonly via: ChannelKind;
}

export type ProofDecision =
  | { readonly ok: true; readonly proof: ChannelProof | null }
  | {
      readonly ok: false;
      readonly refusal: CodeRefusal | 'too-soon';
      readonly proof: ChannelProof | null;
    };

/** A new one kills the one before. */
export function decideProofSend(
  before: ChannelProof | null,
  next: { readonly id: string; readonly via: ChannelKind; readonly codeHash: string },
  at: Instant,
): ProofDecision {
  if (isTooSoon(before, at)) return { ok: false, refusal: 'too-soon', proof: before };
  return { ok: true, proof: { ...next, sentAt: at, failures: 0 } };
}

/** Whether a code for it can still be entered. */
export function isProofOpen(proof: ChannelProof | null, at: Instant): proof is ChannelProof {
  return (
    proof !== null && proof.failures < CODE_MAX_FAILURES && at - proof.sentAt <= CODE_VALID_FOR
  );
}

/** The right code uses the proof up. */
export function decideProofEntry(
  proof: ChannelProof | null,
  codeHash: string,
  at: Instant,
): ProofDecision {
  const check = checkCode(proof, codeHash, at);
  if (check.ok) return { ok: true, proof: null };
  const counted =
    proof === null || check.challenge === null
      ? proof
      : { ...proof, failures: check.challenge.failures };
  return { ok: false, refusal: check.refusal, proof: counted };
}

import type { Instant } from '../instant.ts';
import type { EvidenceWeight } from '../mail-flow/smtp-reply.ts';

export type EvidenceSource =
  | 'relay'
  | 'smtp-probe'
  | 'sign-in-probe'
  | 'mailbox-probe'
  | 'service-health';

/** `ours`: the fault lies with us or the tenant's set-up, and says nothing about Office 365, neither good nor bad. */
export type EvidenceVerdict = 'good' | 'bad' | 'ours';

/** One classified observation of Office 365. Silence is never evidence: "no traffic" is not healthy. */
export interface Evidence {
  readonly source: EvidenceSource;
  readonly at: Instant;
  readonly verdict: EvidenceVerdict;
  readonly weight: EvidenceWeight;
  /** In the words an administrator reads: `451 4.3.2 Temporary server error`. */
  readonly cause: string;
  /** Milliseconds until the answer; null: there was none, or it is nobody's measure. */
  readonly latency: number | null;
  /** What to do, where the fault is ours; null otherwise. */
  readonly remedy: string | null;
}

/** What a classification says, before it has a source and a time. */
export type EvidenceFinding = Omit<Evidence, 'source' | 'at'>;

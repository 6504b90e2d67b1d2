import type { ExchangeFiltering, ExchangeStep, Instant } from '@holdfast/domain';

/** What was seen on the Office 365 side. */
export interface ExchangeCheck {
  readonly at: Instant;
  /** `attested`: an administrator has run the script, and we may not look. */
  readonly established: 'yes' | 'no' | 'attested' | 'unknown';
  /** In words. */
  readonly detail: string;
}

export interface ExchangeSideRecord {
  readonly filtering: ExchangeFiltering;
  /** What we mark as junk goes to Junk Email. */
  readonly junkRule: boolean;
  readonly check: ExchangeCheck | null;
  /** When it was first seen as it should be; null: never. What is missing afterwards was taken away. */
  readonly establishedAt: Instant | null;
}

/** One change that was made on the Office 365 side for us; its step holds what was there before. */
export interface ExchangeChangeRecord {
  readonly id: string;
  readonly at: Instant;
  readonly actor: string;
  readonly way: 'directly' | 'by-hand';
  /** `intended`: noted before it was made, and nobody knows whether it was. */
  readonly state: 'intended' | 'done' | 'refused';
  readonly step: ExchangeStep;
}

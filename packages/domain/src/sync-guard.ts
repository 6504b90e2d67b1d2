/** A sync that would remove more than this share of the known objects stops and asks. */
export const DEFAULT_REMOVAL_SHARE = 0.1;
/** Below this many removals the share says nothing: three of twenty is a tidy-up. */
export const REMOVALS_ALWAYS_ALLOWED = 5;

export type SyncGuardDecision =
  | { readonly decision: 'apply' }
  | { readonly decision: 'keep-removed'; readonly reason: 'primary-not-healthy' | 'event-open' }
  | { readonly decision: 'ask'; readonly removals: number; readonly known: number };

/** Directory safety: no removals while the primary is in doubt or an event is open, and no mass removal unasked. */
export function guardSync(facts: {
  readonly known: number;
  readonly removals: number;
  readonly primaryHealthy: boolean;
  readonly eventOpen: boolean;
  readonly removalShare: number;
  /** An administrator has seen the number and wants it. An open event and a doubtful primary still forbid it. */
  readonly confirmed: boolean;
}): SyncGuardDecision {
  if (facts.removals === 0) return { decision: 'apply' };
  if (facts.eventOpen) return { decision: 'keep-removed', reason: 'event-open' };
  if (!facts.primaryHealthy) return { decision: 'keep-removed', reason: 'primary-not-healthy' };
  if (
    !facts.confirmed &&
    facts.removals > REMOVALS_ALWAYS_ALLOWED &&
    facts.removals > facts.known * facts.removalShare
  ) {
    return { decision: 'ask', removals: facts.removals, known: facts.known };
  }
  return { decision: 'apply' };
}

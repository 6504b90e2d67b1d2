/** A sync that would change more than this share of what is known stops and asks. Unit: percent. */
export const DEFAULT_GUARD_PERCENT = 10;
/** Below this many the share says nothing: three of twenty is a tidy-up. */
export const ALWAYS_ALLOWED = 5;

export type SyncGuardDecision =
  | { readonly decision: 'apply' }
  | { readonly decision: 'keep'; readonly reason: 'primary-not-healthy' | 'event-open' }
  | { readonly decision: 'ask'; readonly affected: number; readonly known: number };

/** How things stand with Office 365 and with us. */
export interface SyncWeather {
  readonly primaryHealthy: boolean;
  readonly eventOpen: boolean;
}

/**
 * Directory safety: nothing is taken away while the primary is in doubt or an event is open, and nothing from many
 * at once unasked. Everything at once asks, however few they are: it looks like an empty answer.
 */
export function guardSync(facts: {
  readonly known: number;
  /** So many of them would lose what is guarded. */
  readonly affected: number;
  readonly weather: SyncWeather;
  /** The organisation's setting. Unit: percent. */
  readonly percent: number;
  /** An administrator has seen the number and wants it. An open event and a doubtful primary still forbid it. */
  readonly confirmed: boolean;
}): SyncGuardDecision {
  const { known, affected, weather, percent, confirmed } = facts;
  if (affected === 0) return { decision: 'apply' };
  if (weather.eventOpen) return { decision: 'keep', reason: 'event-open' };
  if (!weather.primaryHealthy) return { decision: 'keep', reason: 'primary-not-healthy' };
  const many = affected > ALWAYS_ALLOWED && affected * 100 > known * percent;
  const all = known > 1 && affected >= known;
  if (!confirmed && (many || all)) return { decision: 'ask', affected, known };
  return { decision: 'apply' };
}

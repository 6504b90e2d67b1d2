/** Kept on this device, so that a page that was closed, or a link opened here, knows what was asked for. */
const KEY = 'holdfast.way-in';
/** As long as a code works. Unit: ms. */
const VALID_FOR = 15 * 60_000;

export interface AskedWayIn {
  readonly login: string;
  /** A code is accepted together with it, in this browser alone. */
  readonly ticket: string;
  readonly askedAt: number;
}

/** What was asked for here and may still arrive; null when nothing. */
export function askedWayIn(now: number): AskedWayIn | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return null;
    if (!('login' in kept && 'ticket' in kept && 'askedAt' in kept)) return null;
    const { login, ticket, askedAt } = kept;
    if (typeof login !== 'string' || typeof ticket !== 'string' || typeof askedAt !== 'number')
      return null;
    return now - askedAt < VALID_FOR ? { login, ticket, askedAt } : null;
  } catch {
    return null;
  }
}

export function keepAsked(asked: AskedWayIn): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(asked));
  } catch {
    // A browser that keeps nothing: the page itself still knows.
  }
}

export function forgetAsked(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}

/**
 * Until when a tenant, or one of its mailboxes, wants to be left alone. Of the process, not of a client: directory,
 * mailboxes and administration each have a client of their own, and one that was told to wait tells the others.
 */
const held = new Map<string, { readonly since: number; readonly until: number }>();

/** Milliseconds that are left; 0 when nobody has to wait. */
export function leftToWait(scope: string, now: number): number {
  return Math.max((held.get(scope)?.until ?? 0) - now, 0);
}

export function hold(scope: string, now: number, pause: number): void {
  const until = Math.max(now + pause, held.get(scope)?.until ?? 0);
  held.set(scope, { since: now, until });
}

/** A request that began after the hold was answered well: whoever asked for the pause has changed its mind. */
export function release(scope: string, startedAt: number): void {
  const hold = held.get(scope);
  if (hold !== undefined && startedAt >= hold.since) held.delete(scope);
}

/** From here on Microsoft says how much of the limit is used (reference 2.6). A share of 1. */
const NEAR_LIMIT = 0.8;
/** However far beyond the limit: no more than twice the first pause. */
const MOST_PAUSES = 2;

/** How long to wait before the next request, so that the limit is not reached: half a pause at 80 %, a whole one at 100 %. */
export function pauseNearLimit(percentage: string | null, firstPause: number): number {
  const used = Number(percentage ?? Number.NaN);
  if (!(used >= NEAR_LIMIT)) return 0;
  return firstPause * Math.min(MOST_PAUSES, 0.5 + (used - NEAR_LIMIT) * 2.5);
}

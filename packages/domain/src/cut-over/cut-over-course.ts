import type { CutOver } from './cut-over.ts';

/** The MX of a domain is being led to us or back: looked at as often as its TTL makes sense. */
export function isOnTheMove(cutOver: CutOver | null): boolean {
  return cutOver?.phase === 'preparing' || cutOver?.phase === 'way-back';
}

/** It leaves us, or has left, because somebody wanted it: nothing has changed behind anybody's back. */
export function leavesOnPurpose(cutOver: CutOver | null): boolean {
  return cutOver?.phase === 'way-back' || cutOver?.phase === 'back';
}

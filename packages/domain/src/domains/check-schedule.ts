import { MINUTE, SECOND, type Instant } from '../instant.ts';

/** How often DNS is asked without an occasion. Milliseconds. */
export const CHECK_EVERY = 15 * MINUTE;
/** …and at most while the MX of a domain moves: no resolver is asked more than once a minute. Milliseconds. */
export const CHECK_FASTEST = MINUTE;
/** Part of the pause by which it differs at random, so that fifty domains do not ask at once. */
const JITTER = 0.1;

/** When to look again. `fraction`: chance, 0 to 1. While it is watched, a look comes as soon as a cache can have changed. */
export function nextCheckAt(
  now: Instant,
  {
    ttl,
    watchedUntil,
    fraction,
  }: {
    readonly ttl: number | null;
    readonly watchedUntil: Instant | null;
    readonly fraction: number;
  },
): Instant {
  const watched = watchedUntil !== null && watchedUntil > now;
  const pause = watched
    ? Math.min(CHECK_EVERY, Math.max(CHECK_FASTEST, (ttl ?? 0) * SECOND))
    : CHECK_EVERY;
  // Watched: never before the TTL is over.
  const spread = watched ? fraction : 2 * fraction - 1;
  return now + Math.round(pause * (1 + JITTER * spread));
}

import type { Clock } from '@holdfast/application';

interface RequestLimit {
  /** Most requests of one key within the window. */
  readonly most: number;
  /** Unit: milliseconds. */
  readonly window: number;
}

interface RequestLimiter {
  /** Counts one request; false when it is one too many. */
  admits(key: string): boolean;
}

/** Fixed windows in the memory of this process: a restart forgets them, which does no harm to what they protect. */
export function createRequestLimiter(limit: RequestLimit, clock: Clock): RequestLimiter {
  const counts = new Map<string, { readonly began: number; count: number }>();
  let swept = clock.now();

  function sweep(now: number): void {
    if (now - swept < limit.window) return;
    swept = now;
    for (const [key, { began }] of counts) if (now - began >= limit.window) counts.delete(key);
  }

  return {
    admits(key) {
      const now = clock.now();
      sweep(now);
      const entry = counts.get(key);
      if (entry === undefined || now - entry.began >= limit.window) {
        counts.set(key, { began: now, count: 1 });
        return limit.most >= 1;
      }
      entry.count += 1;
      return entry.count <= limit.most;
    },
  };
}

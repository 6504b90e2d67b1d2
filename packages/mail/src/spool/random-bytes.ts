import { randomFillSync } from 'node:crypto';

/** Random bytes fetched at once: a call for each message costs more than the bytes. */
const POOL_BYTES = 16 * 1024;

export interface RandomBytes {
  /** Never given twice; valid until the caller is done with them. */
  take(count: number): Uint8Array;
}

export function createRandomBytes(): RandomBytes {
  let pool = new Uint8Array(0);
  let used = 0;
  return {
    take(count) {
      if (used + count > pool.length) {
        // A new one rather than the same refilled: views of the old one may still be in use.
        pool = randomFillSync(new Uint8Array(Math.max(POOL_BYTES, count)));
        used = 0;
      }
      used += count;
      return pool.subarray(used - count, used);
    },
  };
}

import { setTimeout as wait } from 'node:timers/promises';

/** Long enough for a machine on which everything else is built and tested at the same time. Milliseconds. */
const PATIENCE = 60_000;
const PAUSE = 50;

export interface WaitOptions {
  /** Milliseconds until the wait fails; default a minute. */
  readonly patience?: number;
  /** Milliseconds between two looks. */
  readonly pause?: number;
  /** True of an error after which waiting is pointless. */
  readonly until?: (error: unknown) => boolean;
  /** Looked at when the wait fails: what was there instead. */
  readonly instead?: () => unknown;
}

/**
 * Looks again and again until `condition` gives something other than `false`, `null` or `undefined`, and resolves to
 * that. Fails after the patience with what was waited for and what was there instead, or the last error.
 */
export async function waitFor<T>(
  what: string,
  condition: () => Promise<T> | T,
  options: WaitOptions = {},
): Promise<Exclude<T, false | null | undefined>> {
  const patience = options.patience ?? PATIENCE;
  const deadline = performance.now() + patience;
  let failure: unknown;
  for (;;) {
    try {
      const found = await condition();
      if (isThere(found)) return found;
      failure = undefined;
    } catch (error) {
      if (options.until?.(error) === true) throw error;
      failure = error;
    }
    if (performance.now() > deadline) break;
    await wait(options.pause ?? PAUSE);
  }
  const instead = options.instead === undefined ? '' : `; instead: ${show(options.instead())}`;
  throw new Error(`Waited ${patience / 1000} s in vain for ${what}${instead}`, { cause: failure });
}

function isThere<T>(value: T): value is Exclude<T, false | null | undefined> {
  return value !== false && value !== null && value !== undefined;
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

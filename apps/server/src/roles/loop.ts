import { DatabaseUnavailableError, type Log } from '@holdfast/application';
import { setTimeout as wait } from 'node:timers/promises';

export interface Loop {
  /** Ends the current pause at once; during a turn, leaves out the pause after it. */
  wake(): void;
  /** Resolves when the turn under way is over. */
  stop(): Promise<void>;
}

/** Pause after a failed turn: the database or the disk may be gone for a while. Unit: milliseconds. */
const PAUSE_AFTER_FAILURE = 1000;

/**
 * Calls `turn` again and again: at once while it says `true` (there was work), after `pause` otherwise. A failure is
 * logged and never ends the loop.
 */
export function runLoop(options: {
  readonly name: string;
  /** Milliseconds. */
  readonly pause: number;
  readonly log: Log;
  readonly turn: () => Promise<boolean>;
}): Loop {
  const ending = new AbortController();
  let pausing = new AbortController();
  let failing = false;
  let woken = false;

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      woken = false;
      const pause = await turnOnce();
      // What woke it may have come too late for the turn to see; a failing turn is not repeated for that.
      if (pause === 0 || (woken && !failing)) continue;
      pausing = new AbortController();
      const signal = AbortSignal.any([ending.signal, pausing.signal]);
      await wait(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  async function turnOnce(): Promise<number> {
    try {
      const busy = await options.turn();
      if (failing) options.log.info(`${options.name} works again`);
      failing = false;
      return busy ? 0 : options.pause;
    } catch (error) {
      // Said once: a database that is gone for an hour must not fill the disk with lines.
      if (!failing) {
        const reason =
          error instanceof DatabaseUnavailableError
            ? 'the database does not answer'
            : String(error);
        options.log.error(`${options.name} failed and is tried again`, {
          reason,
          stack: error instanceof Error ? error.stack : undefined,
        });
      }
      failing = true;
      return PAUSE_AFTER_FAILURE;
    }
  }

  const running = run();
  return {
    wake() {
      woken = true;
      pausing.abort();
    },
    stop() {
      ending.abort();
      return running;
    },
  };
}

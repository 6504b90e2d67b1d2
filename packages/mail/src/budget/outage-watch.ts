export interface OutageWatchOptions {
  /** Asks for a sign of life that no message can influence. Never rejects; must come to an end by itself. */
  readonly alive: () => Promise<boolean>;
  /** So many overruns in a row count as an outage even when it answers otherwise. */
  readonly patience: number;
  /** Milliseconds that are waited before it is tried again. */
  readonly pauseMs: number;
  readonly onChange?: (gone: boolean) => void;
}

/**
 * Knows whether something outside is gone, so that a dead resolver or a hanging filter delays one message by its budget
 * and not each after it. One overrun proves nothing, since a message can be made to cause it (a domain whose name server
 * is silent): then a sign of life is asked for.
 */
export interface OutageWatch {
  /** Whether it is worth asking now. After an outage that showed no other sign, the first to come tries for all. */
  admits(): boolean;
  answered(): void;
  overran(): void;
  /** Called at once when it is found to be gone; those who wait need wait no longer. Returns how to forget about it. */
  onGone(listener: () => void): () => void;
}

type State = 'there' | 'gone' | 'on-trial' | 'being-tried';

export function createOutageWatch(options: OutageWatchOptions): OutageWatch {
  const listeners = new Set<() => void>();
  let state: State = 'there';
  let overruns = 0;
  let asking = false;

  function become(next: State): void {
    const was = state;
    state = next;
    if ((was === 'there') !== (next === 'there')) options.onChange?.(next !== 'there');
  }

  function declareGone(): void {
    become('gone');
    setTimeout(() => void lookAgain(), options.pauseMs).unref();
    for (const listener of listeners) listener();
  }

  async function lookAgain(): Promise<void> {
    if (!(await options.alive())) return declareGone();
    // It was declared gone although it gave signs of life: only a message can tell.
    if (overruns >= options.patience) return become('on-trial');
    overruns = 0;
    become('there');
  }

  async function enquire(): Promise<void> {
    asking = true;
    const alive = await options.alive();
    asking = false;
    if (state === 'there' && overruns > 0 && (!alive || overruns >= options.patience)) {
      if (!alive) overruns = 0;
      declareGone();
    }
  }

  return {
    admits() {
      if (state === 'there') return true;
      if (state !== 'on-trial') return false;
      state = 'being-tried';
      // The client of that message may go away, and nobody hears of it again.
      setTimeout(() => {
        if (state === 'being-tried') state = 'on-trial';
      }, options.pauseMs).unref();
      return true;
    },
    answered() {
      overruns = 0;
      if (state === 'being-tried') become('there');
    },
    overran() {
      overruns += 1;
      if (state === 'being-tried') declareGone();
      else if (state === 'there' && !asking) void enquire();
    },
    onGone(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

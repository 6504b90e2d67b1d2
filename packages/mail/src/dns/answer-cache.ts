export interface Kept<T> {
  readonly value: T;
  /** Milliseconds from now; 0: not kept. */
  readonly lifetime: number;
}

export interface AnswerCacheOptions {
  /** Entries at most; what was not used for long goes first. */
  readonly capacity: number;
  /** Milliseconds. */
  readonly now?: () => number;
}

export interface AnswerCache<T> {
  /** What is known and still holds. */
  peek(key: string): T | undefined;
  /** What is known, or what `ask` finds out: asked once, however many want to know at the same time. */
  obtain(key: string, ask: () => Promise<Kept<T>>): Promise<T>;
}

interface Entry<T> {
  readonly value: T;
  readonly until: number;
}

/** Answers for a named time, in bounded memory. Whatever `ask` rejects with reaches everyone who waits, and is not kept. */
export function createAnswerCache<T>({
  capacity,
  now = Date.now,
}: AnswerCacheOptions): AnswerCache<T> {
  // Two generations instead of an exact order of use: a look-up in the young one writes nothing.
  let young = new Map<string, Entry<T>>();
  let old = new Map<string, Entry<T>>();
  const asked = new Map<string, Promise<T>>();

  function put(key: string, entry: Entry<T>): void {
    if (young.size >= capacity / 2) {
      old = young;
      young = new Map();
    }
    young.set(key, entry);
  }

  function peek(key: string): T | undefined {
    let entry = young.get(key);
    if (entry === undefined) {
      entry = old.get(key);
      if (entry === undefined) return undefined;
      old.delete(key);
      put(key, entry);
    }
    return entry.until > now() ? entry.value : undefined;
  }

  return {
    peek,
    obtain(key, ask) {
      const value = peek(key);
      if (value !== undefined) return Promise.resolve(value);
      const running = asked.get(key);
      if (running !== undefined) return running;
      const asking = ask()
        .then((kept) => {
          if (kept.lifetime > 0) put(key, { value: kept.value, until: now() + kept.lifetime });
          return kept.value;
        })
        .finally(() => asked.delete(key));
      asked.set(key, asking);
      return asking;
    },
  };
}

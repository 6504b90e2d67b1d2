export interface Kept<T> {
  readonly value: T;
  /** Milliseconds from now; 0: not kept. */
  readonly lifetime: number;
}

export interface AnswerCacheOptions {
  /** Entries; the one used longest ago goes first. */
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

/** Answers for a named time, in bounded memory. Whatever `ask` rejects with reaches everyone who waits, and is not kept. */
export function createAnswerCache<T>({
  capacity,
  now = Date.now,
}: AnswerCacheOptions): AnswerCache<T> {
  // A Map iterates in order of insertion: what is used is put at the end again.
  const known = new Map<string, { readonly value: T; readonly until: number }>();
  const asked = new Map<string, Promise<T>>();

  function peek(key: string): T | undefined {
    const entry = known.get(key);
    if (entry === undefined) return undefined;
    known.delete(key);
    if (entry.until <= now()) return undefined;
    known.set(key, entry);
    return entry.value;
  }

  function keep(key: string, { value, lifetime }: Kept<T>): T {
    if (lifetime > 0) {
      known.delete(key);
      if (known.size >= capacity) {
        const [oldest] = known.keys();
        if (oldest !== undefined) known.delete(oldest);
      }
      known.set(key, { value, until: now() + lifetime });
    }
    return value;
  }

  return {
    peek,
    obtain(key, ask) {
      const value = peek(key);
      if (value !== undefined) return Promise.resolve(value);
      const running = asked.get(key);
      if (running !== undefined) return running;
      const asking = ask()
        .then((kept) => keep(key, kept))
        .finally(() => asked.delete(key));
      asked.set(key, asking);
      return asking;
    },
  };
}

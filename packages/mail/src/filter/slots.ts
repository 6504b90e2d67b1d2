export interface Slots {
  /** Null at once when all are taken and it is not worth waiting; else how to give it back. */
  take(waitMs: number): Promise<(() => void) | null>;
}

/** So many at the same time; the others wait their turn for as long as they like. */
export function createSlots(count: number): Slots {
  let free = count;
  const waiting: ((release: () => void) => void)[] = [];

  function release(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next(once(release));
  }

  return {
    take(waitMs) {
      if (free > 0) {
        free -= 1;
        return Promise.resolve(once(release));
      }
      if (waitMs <= 0) return Promise.resolve(null);
      const { promise, resolve } = Promise.withResolvers<(() => void) | null>();
      const turn = (given: () => void): void => {
        clearTimeout(timer);
        resolve(given);
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(turn), 1);
        resolve(null);
      }, waitMs);
      waiting.push(turn);
      return promise;
    },
  };
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}

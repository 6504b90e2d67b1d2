export interface LaneLimits {
  /** Tasks under way at once. */
  readonly concurrency: number;
  /** Of them, with the same key: one dead destination must not take every place. */
  readonly perKey: number;
  /** Units of work taken in and not finished, waiting ones included. */
  readonly capacity: number;
}

export interface Lane {
  /** How many units may still be taken in. */
  room(): number;
  /** Queues a task; `units` count against the capacity until it is over. A task must not reject. */
  add(key: string, units: number, task: () => Promise<void>): void;
  /** Resolves when nothing is under way or waiting any more. */
  idle(): Promise<void>;
}

interface Waiting {
  readonly key: string;
  readonly units: number;
  readonly task: () => Promise<void>;
}

/** Runs tasks with bounded concurrency, in order but for those whose key has its share already. */
export function createLane(limits: LaneLimits): Lane {
  const waiting: Waiting[] = [];
  const running = new Map<string, number>();
  let runningTasks = 0;
  let units = 0;
  let whenIdle: (() => void)[] = [];

  function start(): void {
    while (runningTasks < limits.concurrency) {
      const position = waiting.findIndex(({ key }) => (running.get(key) ?? 0) < limits.perKey);
      const [next] = position === -1 ? [] : waiting.splice(position, 1);
      if (next === undefined) return;
      runningTasks += 1;
      running.set(next.key, (running.get(next.key) ?? 0) + 1);
      void next.task().finally(() => finish(next));
    }
  }

  function finish({ key, units: done }: Waiting): void {
    runningTasks -= 1;
    units -= done;
    const left = (running.get(key) ?? 1) - 1;
    if (left === 0) running.delete(key);
    else running.set(key, left);
    start();
    if (runningTasks > 0 || waiting.length > 0) return;
    for (const done of whenIdle) done();
    whenIdle = [];
  }

  return {
    room: () => Math.max(limits.capacity - units, 0),
    add(key, count, task) {
      units += count;
      waiting.push({ key, units: count, task });
      start();
    },
    idle: () =>
      runningTasks === 0 && waiting.length === 0
        ? Promise.resolve()
        : new Promise((resolve) => whenIdle.push(resolve)),
  };
}

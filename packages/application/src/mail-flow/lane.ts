import {
  adaptConcurrency,
  FIRST_CONCURRENCY,
  type Concurrency,
  type ConcurrencyVerdict,
} from '@holdfast/domain';

export interface LaneLimits {
  /** Tasks under way at once. */
  readonly concurrency: number;
  /** Of them, with the same key: what a destination that answers well grows to. */
  readonly perKey: number;
  /** Units of work taken in and not finished, waiting ones included. */
  readonly capacity: number;
}

export interface Lane {
  /** How many units may still be taken in. */
  room(): number;
  /** Queues a task; `units` count against the capacity until `finished` says so. A task must not reject. */
  add(key: string, units: number, task: () => Promise<ConcurrencyVerdict>): void;
  /** Units whose result is written. */
  finished(units: number): void;
  /** Destinations whose key begins like this start small again: the way to them was closed and is open. */
  restart(keyPrefix: string): void;
  /** Resolves when nothing is under way or waiting any more. */
  idle(): Promise<void>;
}

interface Destination {
  concurrency: Concurrency;
  running: number;
  readonly waiting: (() => Promise<ConcurrencyVerdict>)[];
}

/** Idle destinations are remembered up to this many. */
const REMEMBERED_DESTINATIONS = 10_000;

/**
 * Runs tasks with bounded concurrency, destinations by turns, each with as many at once as it has been seen to take.
 * `onRoom` is called whenever units were finished.
 */
export function createLane(limits: LaneLimits, onRoom: () => void = () => undefined): Lane {
  const destinations = new Map<string, Destination>();
  /** Those with something waiting, in the order of their turns. */
  const turns = new Set<string>();
  let running = 0;
  let units = 0;
  let whenIdle: (() => void)[] = [];

  function start(): void {
    let passedOver = 0;
    while (running < limits.concurrency && passedOver < turns.size) {
      const [key] = turns;
      const destination = key === undefined ? undefined : destinations.get(key);
      if (key === undefined || destination === undefined) return;
      turns.delete(key);
      const { limit } = destination.concurrency;
      if (destination.running >= Math.min(limit, limits.perKey)) {
        turns.add(key);
        passedOver += 1;
        continue;
      }
      passedOver = 0;
      const task = destination.waiting.shift();
      if (destination.waiting.length > 0) turns.add(key);
      if (task !== undefined) run(key, destination, task);
    }
  }

  function run(
    key: string,
    destination: Destination,
    task: () => Promise<ConcurrencyVerdict>,
  ): void {
    running += 1;
    destination.running += 1;
    void task().then((verdict) => {
      running -= 1;
      destination.running -= 1;
      destination.concurrency = adaptConcurrency(destination.concurrency, verdict, limits.perKey);
      if (destination.running === 0 && destination.waiting.length === 0) forgetSome(key);
      start();
      tellIdle();
    });
  }

  /** A destination that is idle and starts as small as any other need not be remembered. */
  function forgetSome(key: string): void {
    const small = (destinations.get(key)?.concurrency.limit ?? 0) <= FIRST_CONCURRENCY.limit;
    if (small || destinations.size > REMEMBERED_DESTINATIONS) destinations.delete(key);
  }

  function tellIdle(): void {
    if (running > 0 || turns.size > 0) return;
    for (const done of whenIdle) done();
    whenIdle = [];
  }

  return {
    room: () => Math.max(limits.capacity - units, 0),
    add(key, count, task) {
      units += count;
      const destination = destinations.get(key) ?? {
        concurrency: FIRST_CONCURRENCY,
        running: 0,
        waiting: [],
      };
      destinations.set(key, destination);
      destination.waiting.push(task);
      turns.add(key);
      start();
    },
    finished(count) {
      units -= count;
      onRoom();
    },
    restart(keyPrefix) {
      for (const [key, destination] of destinations)
        if (key.startsWith(keyPrefix)) destination.concurrency = FIRST_CONCURRENCY;
    },
    idle: () =>
      running === 0 && turns.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => whenIdle.push(resolve)),
  };
}

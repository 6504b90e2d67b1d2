/** Microseconds. */
interface Usage {
  readonly user: number;
  readonly system: number;
}

/** Declared here for packages that are kept from Node's types, and are measured all the same. */
declare const process: { threadCpuUsage(since?: Usage): Usage };

/**
 * A stop-watch for what this thread computes: milliseconds of processor time so far. Neither what other threads do counts
 * nor the time for which a busy machine lets this one wait, so that a limit on it judges the work alone.
 */
export function startThreadTime(): () => number {
  const began = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(began);
    return (user + system) / 1000;
  };
}

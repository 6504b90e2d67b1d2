/** Whether it was over within so many milliseconds. It may go on afterwards; a failure of it is thrown, unless it is late. */
export async function inTime(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  const over = work.then(() => true);
  // What fails when nobody waits any more is not anybody's.
  over.catch(() => undefined);
  try {
    return await Promise.race([over, late]);
  } finally {
    clearTimeout(timer);
  }
}

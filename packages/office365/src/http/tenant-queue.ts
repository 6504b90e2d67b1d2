/**
 * One request to Exchange administration at a time for each tenant (reference 3.1: no published limit, so serialise).
 * Of the process, not of a client: directory, lists and administration each have a client of their own.
 */
const tails = new Map<string, Promise<unknown>>();

/** Runs `work` after what was asked for the same tenant before; a failure there is no concern of it. */
export async function afterOthers<T>(tenant: string, work: () => Promise<T>): Promise<T> {
  const before = tails.get(tenant) ?? Promise.resolve();
  const own = before.then(work, work);
  const settled = own.catch(() => undefined);
  tails.set(tenant, settled);
  try {
    return await own;
  } finally {
    if (tails.get(tenant) === settled) tails.delete(tenant);
  }
}

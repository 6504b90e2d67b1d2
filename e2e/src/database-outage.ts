import { postmasterPid } from './kill-loop.ts';
import { isRunning, runningProcesses } from './processes.ts';
import type { Product } from './product.ts';
import { waitFor } from './wait-for.ts';

/**
 * Ends the embedded PostgreSQL and keeps it away until the returned function is called: the supervisor would start it
 * again within a second, so it is frozen meanwhile. mx has to do without both.
 */
export async function takeDatabaseAway(product: Product): Promise<() => Promise<void>> {
  const postmaster = await waitFor('PostgreSQL to run', () => postmasterPid(product));
  process.kill(product.supervisorPid, 'SIGSTOP');
  process.kill(postmaster, 'SIGQUIT');
  await waitFor('every process of the server to be gone', () => {
    const left = runningProcesses().filter(
      ({ pid, parent, command }) =>
        (pid === postmaster || parent === postmaster) && command.includes('postgres'),
    );
    return left.length === 0 && !isRunning(postmaster);
  });
  return async () => {
    process.kill(product.supervisorPid, 'SIGCONT');
    await waitFor('the supervisor to start the database again', async () => {
      const now = await postmasterPid(product);
      return now !== null && now !== postmaster;
    });
  };
}

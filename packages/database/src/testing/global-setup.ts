import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Spelled out again: importing the harness here would load the database package for every run. */
const DATA_DIRECTORY_VARIABLE = 'HOLDFAST_TEST_DATABASE';
const SHARED_MEMORY = '/dev/shm';
/** What statfs(2) calls a tmpfs. */
const TMPFS = 0x01021994;
/** A run's databases take some 100 MB at once; the rest is left to others. Unit: bytes. */
const ROOM_FOR_A_RUN = 2 * 1024 ** 3;

/**
 * Names the place of this run's PostgreSQL; the first test that wants a database starts it there.
 * Runs without such a test pay nothing. At the end the server is stopped and its data removed.
 */
export async function setup(): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(placeOfData(), 'holdfast-test-'));
  // Run by root, the server drops to another account, which has to come by here.
  chmodSync(directory, 0o755);
  const dataDirectory = join(directory, 'postgres');
  process.env[DATA_DIRECTORY_VARIABLE] = dataDirectory;
  return async () => {
    if (existsSync(dataDirectory)) {
      const { findEmbeddedPostgres } = await import('../embedded/embedded-postgres.ts');
      const server = await findEmbeddedPostgres(dataDirectory);
      await server?.stop();
    }
    rmSync(directory, { recursive: true, force: true });
  };
}

/** In memory where there is plenty: each test clones a database and drops it, which a disk makes twice as slow. */
function placeOfData(): string {
  try {
    const { type, bavail, bsize } = statfsSync(SHARED_MEMORY);
    if (type === TMPFS && bavail * bsize >= ROOM_FOR_A_RUN) return SHARED_MEMORY;
  } catch {
    // Not every system has it.
  }
  return tmpdir();
}

import { spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { canReach, type Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './launch-error.ts';

/** The superuser and owner of everything in an embedded server; only the socket's owner can sign in. */
export const SUPERUSER = 'holdfast';

/**
 * `lower()` of letters beyond ASCII needs a UTF-8 ctype, sorting must not depend on the machine.
 * Systems without C.UTF-8 get plain C.
 */
const LOCALES = ['C.UTF-8', 'C'] as const;

/** The major version that wrote this directory, or undefined when there is no data yet. */
export function dataVersion(dataDirectory: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(dataDirectory, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT') return undefined;
    if (error.code !== 'EACCES') throw error;
    const owner = statSync(dataDirectory, { throwIfNoEntry: false })?.uid;
    throw new EmbeddedPostgresError(
      'postgres.data-directory',
      `The database in ${dataDirectory} belongs to the user with id ${owner ?? 'unknown'}, and this process may not read it. Start as root or as that user again, or choose another data directory with HOLDFAST_DATA_DIR.`,
      { cause: error },
    );
  }
}

/**
 * Makes an empty database cluster. It is made aside and renamed into place, so that an interrupted
 * initdb leaves nothing half-made, and of two processes that try at once one simply wins.
 */
export function initialise(
  dataDirectory: string,
  binaries: Binaries,
  account: Account | undefined,
): void {
  mkdirSync(dirname(dataDirectory), { recursive: true });
  const aside = mkdtempSync(`${dataDirectory}.new-`);
  try {
    if (account !== undefined) chownSync(aside, account.uid, account.gid);
    runInitdb(aside, binaries, account);
    renameSync(aside, dataDirectory);
  } catch (error) {
    if (dataVersion(dataDirectory) === undefined) throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function runInitdb(directory: string, binaries: Binaries, account: Account | undefined): void {
  let output = '';
  for (const locale of LOCALES) {
    const result = withReachable(directory, account, (path, extraFiles) =>
      spawnSync(
        join(binaries.directory, 'initdb'),
        [
          `--pgdata=${path}`,
          `--username=${SUPERUSER}`,
          '--auth=trust',
          '--encoding=UTF8',
          `--lc-ctype=${locale}`,
          '--lc-collate=C',
          '--lc-messages=C',
          '--lc-monetary=C',
          '--lc-numeric=C',
          '--lc-time=C',
          '--text-search-config=simple',
        ],
        {
          cwd: '/',
          env: serverEnvironment(),
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe', ...extraFiles],
          ...account,
        },
      ),
    );
    if (result.status === 0) return;
    output = result.error?.message ?? `${result.stdout}${result.stderr}`.trim();
  }
  throw new EmbeddedPostgresError(
    'postgres.data-directory',
    `PostgreSQL ${binaries.version} could not prepare ${directory}. Its initdb said:\n${output}`,
  );
}

/** Nothing of ours leaks into the server: PG* variables would change what it does. */
export function serverEnvironment(): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', TMPDIR: tmpdir() };
}

/**
 * Lends a directory to a child process that runs as `account`. Under a 0700 parent (a checkout in
 * root's home) the account cannot walk the path down, though it owns the directory itself. Linux
 * lets it in through a descriptor we opened for it: it becomes the child's descriptor 3, and
 * `/proc/self/fd/3` a path that it and all its children can use.
 */
export function withReachable<Result>(
  directory: string,
  account: Account | undefined,
  run: (path: string, extraFiles: readonly number[]) => Result,
): Result {
  if (canReach(directory, account)) return run(directory, []);
  if (!existsSync('/proc/self/fd')) {
    throw new EmbeddedPostgresError(
      'postgres.data-directory',
      `PostgreSQL does not run as root, and the account it would run as cannot reach ${directory}: a directory above it is closed to others. Start as an ordinary user, or choose another place with HOLDFAST_DATA_DIR.`,
    );
  }
  const descriptor = openSync(directory, 'r');
  try {
    return run('/proc/self/fd/3', [descriptor]);
  } finally {
    closeSync(descriptor);
  }
}

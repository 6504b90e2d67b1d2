import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { canReach, type Account } from './account.ts';
import { bundledBinaries } from './bundled-binaries.ts';
import { EmbeddedPostgresError } from './launch-error.ts';

/** Our SQL is written for this major version and every later one. */
const OLDEST_SUPPORTED_MAJOR = 15;

/** Where Debian and Ubuntu keep their server programs; they are not on PATH there. */
const DEBIAN_ROOT = '/usr/lib/postgresql';

/** A directory with `initdb` and `postgres`, and what `postgres --version` says. */
export interface Binaries {
  readonly directory: string;
  /** As printed, such as `15.14` or `18.4`. */
  readonly version: string;
  readonly major: number;
}

export interface BinarySearch {
  /** Use these and no others. */
  readonly binDirectory?: string | undefined;
  /** The PATH to look through, colon-separated. */
  readonly searchPath?: string | undefined;
  /** `bundled`: only the npm package. Default `any`: installed ones first. */
  readonly binaries?: 'any' | 'bundled' | undefined;
  readonly account: Account | undefined;
}

/**
 * The PostgreSQL programs to use. With `major` (of existing data) only that version will do.
 *
 * @throws EmbeddedPostgresError `postgres.no-binaries` or `postgres.version-mismatch`
 */
export function findBinaries(search: BinarySearch, major: number | undefined): Binaries {
  const seen: Binaries[] = [];
  for (const directory of candidates(search)) {
    const found = inspect(directory, search.account);
    if (found === undefined || found.major < OLDEST_SUPPORTED_MAJOR) continue;
    if (major === undefined || found.major === major) return found;
    seen.push(found);
  }
  if (major !== undefined && seen.length > 0) throw versionMismatch(major, seen);
  throw new EmbeddedPostgresError(
    'postgres.no-binaries',
    search.binDirectory === undefined
      ? `No PostgreSQL ${OLDEST_SUPPORTED_MAJOR} or newer was found on PATH, under ${DEBIAN_ROOT} or as the npm package for ${process.platform}-${process.arch}. Install PostgreSQL, set HOLDFAST_PG_BIN to the directory with its initdb and postgres, or set DATABASE_URL to a server of your own.`
      : `HOLDFAST_PG_BIN is ${search.binDirectory}, but there is no runnable initdb and postgres of version ${OLDEST_SUPPORTED_MAJOR} or newer in it. Point it at the right directory, or leave it out.`,
  );
}

function versionMismatch(major: number, seen: readonly Binaries[]): EmbeddedPostgresError {
  const found = seen.map(({ version, directory }) => `${version} in ${directory}`).join(', ');
  return new EmbeddedPostgresError(
    'postgres.version-mismatch',
    `The data was written by PostgreSQL ${major}, and only ${found} was found; PostgreSQL cannot open another major version's data. Install PostgreSQL ${major} or set HOLDFAST_PG_BIN to its programs; or move the data over with pg_dumpall and a new data directory; or, in the demo, delete the data directory to start afresh.`,
  );
}

function* candidates(search: BinarySearch): Generator<string> {
  if (search.binDirectory !== undefined) {
    yield search.binDirectory;
    return;
  }
  if (search.binaries !== 'bundled') {
    for (const directory of (search.searchPath ?? '').split(':')) {
      // Debian puts wrapper scripts for clients on PATH, but links of real servers are followed.
      if (isServer(directory)) yield dirname(realpathSync(join(directory, 'postgres')));
    }
    const majors = existsSync(DEBIAN_ROOT) ? readdirSync(DEBIAN_ROOT).map(Number) : [];
    for (const major of majors.filter((each) => each > 0).toSorted((a, b) => b - a)) {
      yield join(DEBIAN_ROOT, String(major), 'bin');
    }
  }
  const bundled = bundledBinaries(search.account);
  if (bundled !== undefined) yield bundled;
}

function isServer(directory: string): boolean {
  return (
    directory.startsWith('/') &&
    existsSync(join(directory, 'postgres')) &&
    existsSync(join(directory, 'initdb'))
  );
}

function inspect(directory: string, account: Account | undefined): Binaries | undefined {
  if (!isServer(directory) || !canReach(join(directory, 'postgres'), account)) return undefined;
  try {
    const printed = execFileSync(join(directory, 'postgres'), ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const version = /(\d+)(?:\.\d+)*/.exec(printed);
    if (version === null) return undefined;
    return { directory, version: version[0], major: Number(version[1]) };
  } catch {
    // Built for another system, or a library is missing: as good as not there.
    return undefined;
  }
}

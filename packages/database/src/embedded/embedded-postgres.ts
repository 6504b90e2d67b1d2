/**
 * The embedded PostgreSQL launcher: starts a real server on a data directory when no DATABASE_URL
 * is given, reachable through a unix socket only. It reads no environment variables and never
 * deletes data. A server outlives a crash of the process that started it and is adopted again.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import postgres from 'postgres';

import { accountFor, canReach, type Account } from './account.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import { toDatabaseUrl, type DatabaseAddress } from './connection.ts';
import {
  dataVersion,
  initialise,
  serverEnvironment,
  SUPERUSER,
  withReachable,
} from './data-directory.ts';
import { EmbeddedPostgresError } from './launch-error.ts';
import { answers, isAlive, readPostmaster, waitUntil, type Postmaster } from './postmaster.ts';

export { parseDatabaseUrl, toDatabaseUrl, type DatabaseAddress } from './connection.ts';
export { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './launch-error.ts';

/** The database made on first start; everything of ours lives in it. */
const DATABASE = 'holdfast';
/** Only a part of the socket's file name: nothing listens on TCP. */
const PORT = 5432;
/** Crash recovery after a power cut replays at most one checkpoint's worth of log; ms. */
const START_TIMEOUT = 120_000;
/** A fast shutdown writes one checkpoint; past this the server is told to quit at once; ms. */
const STOP_TIMEOUT = 30_000;
/** The server's log is set aside at a start once it is larger; bytes. */
const LOG_LIMIT = 10 * 1024 * 1024;
/** The kernel takes 107 bytes for a socket's path; `/.s.PGSQL.5432` and our own name need 46. */
const LONGEST_SOCKET_PARENT = 50;

export interface EmbeddedPostgresOptions {
  /** Made when missing; its parents too. */
  readonly dataDirectory: string;
  /** Programs to use instead of searching (HOLDFAST_PG_BIN). */
  readonly binDirectory?: string | undefined;
  /** The PATH to search for installed programs. */
  readonly searchPath?: string | undefined;
  /** `bundled`: only the npm package's programs. Default `any`. */
  readonly binaries?: 'any' | 'bundled' | undefined;
  /** For tests alone: durability is switched off, so that a database per test costs little. Default false. */
  readonly throwaway?: boolean | undefined;
  /** One plain sentence per step. */
  readonly log: (message: string) => void;
}

export interface EmbeddedPostgres extends DatabaseAddress {
  /** For libpq and node-postgres; for postgres.js see `parseDatabaseUrl`. */
  readonly url: string;
  /** Such as `15.14`. */
  readonly version: string;
  /** True when a server was already running on this data. */
  readonly adopted: boolean;
  readonly processId: number;
  /** Fast shutdown: sessions are cut, a checkpoint is written. Resolves when the server is gone. */
  stop(): Promise<void>;
}

/**
 * Starts or adopts the server on a data directory and makes sure that the database exists.
 *
 * @throws EmbeddedPostgresError with a message fit to be shown
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataDirectory = resolve(options.dataDirectory);
  const running = await findEmbeddedPostgres(dataDirectory);
  if (running !== undefined) {
    options.log(`PostgreSQL ${running.version} is already running on this data; using it.`);
    return running;
  }

  const account = accountFor(dataDirectory);
  const binaries = findBinaries({ ...options, account }, dataVersion(dataDirectory));
  if (dataVersion(dataDirectory) === undefined) {
    options.log(`Preparing a PostgreSQL ${binaries.version} database.`);
    initialise(dataDirectory, binaries, account);
  }
  const processId = launch(dataDirectory, binaries, account, options.throwaway ?? false);
  const postmaster = await untilStarted(dataDirectory, processId);
  options.log(`PostgreSQL ${binaries.version} is running.`);
  return describe(postmaster, postmaster.processId !== processId);
}

/**
 * The server that already runs on this data directory, if there is one; starts nothing.
 * A server that is still starting up or recovering is waited for.
 */
export async function findEmbeddedPostgres(
  dataDirectory: string,
): Promise<EmbeddedPostgres | undefined> {
  const directory = resolve(dataDirectory);
  const found = readPostmaster(directory);
  if (found === undefined) return undefined;
  if (!isAlive(found.processId)) {
    rmSync(join(directory, 'postmaster.pid'), { force: true });
    return undefined;
  }
  await waitUntil(
    async () => !isAlive(found.processId) || (await answers(maintenance(found))),
    START_TIMEOUT,
  );
  const settled = readPostmaster(directory);
  if (settled === undefined || !isAlive(settled.processId)) return undefined;
  return describe(settled, true);
}

function maintenance(postmaster: Postmaster): DatabaseAddress {
  return {
    host: postmaster.socketDirectory,
    port: postmaster.port,
    database: 'postgres',
    username: SUPERUSER,
  };
}

function launch(
  dataDirectory: string,
  binaries: Binaries,
  account: Account | undefined,
  throwaway: boolean,
): number {
  const log = openLog(dataDirectory);
  const socketDirectory = makeSocketDirectory(dataDirectory, account);
  try {
    return withReachable(dataDirectory, account, (path, extraFiles) => {
      const child = spawn(
        join(binaries.directory, 'postgres'),
        ['-D', path, ...settings(socketDirectory, throwaway)],
        {
          // Its own session: Ctrl-C in a terminal must reach the supervisor alone, which stops in order.
          detached: true,
          cwd: '/',
          env: serverEnvironment(),
          stdio: ['ignore', log, log, ...extraFiles],
          ...account,
        },
      );
      // A child that cannot be executed shows as a server that never answers; the log tells.
      child.on('error', () => undefined);
      child.unref();
      return child.pid ?? 0;
    });
  } finally {
    closeSync(log);
  }
}

/**
 * Nothing waits for the disk: a crash of the machine may leave any rubbish. Nothing is written to it early either: a test's
 * database is cloned page by page through the log, and dropped within seconds (cloning takes half as long so).
 */
const THROWAWAY: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '2GB',
  checkpoint_timeout: '1h',
  shared_buffers: '256MB',
  bgwriter_lru_maxpages: '0',
};

function settings(socketDirectory: string, throwaway: boolean): string[] {
  const values: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socketDirectory,
    unix_socket_permissions: '0700',
    port: String(PORT),
    fsync: 'on',
    synchronous_commit: 'on',
    max_connections: '100',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    log_destination: 'stderr',
    ...(throwaway ? THROWAWAY : {}),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function logPath(dataDirectory: string): string {
  return `${dataDirectory}.log`;
}

function openLog(dataDirectory: string): number {
  const path = logPath(dataDirectory);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/**
 * A short directory for the socket, the same one for the same data. In a shared temporary
 * directory somebody else could have made it before us and would then see every connection.
 */
function makeSocketDirectory(dataDirectory: string, account: Account | undefined): string {
  const temporary = realpathSync(tmpdir());
  const fits = temporary.length <= LONGEST_SOCKET_PARENT && canReach(temporary, account);
  const digest = createHash('sha256').update(realpathSync(dataDirectory)).digest('hex');
  const path = join(fits ? temporary : '/tmp', `holdfast-pg-${digest.slice(0, 16)}`);
  const uid = account?.uid ?? process.getuid?.();
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const made = lstatSync(path);
  if (account !== undefined && made.uid === 0) chownSync(path, account.uid, account.gid);
  const { mode, uid: owner } = lstatSync(path);
  if (!made.isDirectory() || owner !== uid || (mode & 0o077) !== 0) {
    throw new EmbeddedPostgresError(
      'postgres.data-directory',
      `${path} is needed for the database's socket, but it belongs to somebody else or is open to others. Remove it and start again.`,
    );
  }
  return path;
}

/** Resolves with the server that holds the data: ours, or one that another process started first. */
async function untilStarted(dataDirectory: string, processId: number): Promise<Postmaster> {
  let answering: Postmaster | undefined;
  await waitUntil(async () => {
    const postmaster = readPostmaster(dataDirectory);
    const lives = postmaster !== undefined && isAlive(postmaster.processId);
    if (lives && (await answers(maintenance(postmaster)))) answering = postmaster;
    return answering !== undefined || (!lives && !isAlive(processId));
  }, START_TIMEOUT);
  if (answering !== undefined) return answering;
  const tail = readFileSync(logPath(dataDirectory), 'utf8').trim().split('\n').slice(-12);
  throw new EmbeddedPostgresError(
    'postgres.no-start',
    `PostgreSQL did not start on ${dataDirectory}. The end of its log (${logPath(dataDirectory)}):\n${tail.join('\n')}`,
  );
}

async function describe(postmaster: Postmaster, adopted: boolean): Promise<EmbeddedPostgres> {
  const address: DatabaseAddress = { ...maintenance(postmaster), database: DATABASE };
  const version = await ensureDatabase(postmaster);
  return {
    ...address,
    url: toDatabaseUrl(address),
    version,
    adopted,
    processId: postmaster.processId,
    stop: () => stop(postmaster),
  };
}

/** Returns the server's version. */
async function ensureDatabase(postmaster: Postmaster): Promise<string> {
  const sql = postgres({ ...maintenance(postmaster), max: 1, onnotice: () => undefined });
  try {
    const [found] = await sql<{ version: string; present: boolean }[]>`
      select current_setting('server_version') as version,
             exists (select from pg_database where datname = ${DATABASE}) as present`;
    if (found?.present !== true) {
      await sql.unsafe(`create database ${DATABASE}`).catch(async (error: unknown) => {
        const [now] = await sql`select from pg_database where datname = ${DATABASE}`;
        if (now === undefined) throw error;
      });
    }
    return found?.version.split(' ')[0] ?? 'unknown';
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function stop({ processId, socketDirectory }: Postmaster): Promise<void> {
  if (isAlive(processId)) {
    process.kill(processId, 'SIGINT');
    if (!(await waitUntil(() => !isAlive(processId), STOP_TIMEOUT))) {
      // Immediate shutdown: safe for the data, the next start replays the log.
      process.kill(processId, 'SIGQUIT');
      await waitUntil(() => !isAlive(processId), STOP_TIMEOUT);
    }
  }
  try {
    rmdirSync(socketDirectory);
  } catch {
    // Gone already, or another server of the same data has moved in.
  }
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '@holdfast/application';
import { migrate } from '@holdfast/database';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@holdfast/database/embedded';
import { markInstanceClosed } from '@holdfast/mail';
import {
  environmentOf,
  openEnvironment,
  type Configuration,
} from '../configuration/read-configuration.ts';
import type { Role } from '../configuration/settings.ts';
import { dataPaths, prepareDataDirectory } from '../composition/data-directory.ts';
import { runChildRole, type ChildRole } from './child-role.ts';
import { readRunning, removeRunning, writeRunning } from './running-file.ts';

export interface Supervision {
  readonly databaseUrl: string;
  /** Ordered: web, worker, relay, mx, ingest, what was added, PostgreSQL. Safe to call twice. */
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  readonly configuration: Configuration;
  readonly log: Log;
  /** One plain sentence per step. */
  readonly progress: (sentence: string) => void;
  readonly demo: boolean;
  /** Runs once the database is migrated and before the roles that need it; what it returns is stopped before PostgreSQL. */
  readonly prepare: (databaseUrl: string) => Promise<{ stop(): Promise<void> } | null>;
}

/** Stopped in this order: first what talks to people, last what drains the spool. */
const STOP_ORDER: readonly Role[] = ['web', 'worker', 'relay', 'mx', 'ingest'];

export class AlreadyRunningError extends Error {
  constructor(pid: number, directory: string) {
    super(
      `Holdfast is already running on ${directory} (process ${pid}). Stop it first, or set HOLDFAST_DATA_DIR to another directory.`,
    );
    this.name = 'AlreadyRunningError';
  }
}

/**
 * Starts mx before the database and never stops it because of one (invariant 2); then PostgreSQL, migrations and the
 * other roles, each a child process restarted with back-off. Throws when a role refuses to run; what was started is
 * stopped before.
 */
export async function supervise(options: SuperviseOptions): Promise<Supervision> {
  const { configuration, log } = options;
  const paths = dataPaths(configuration.dataDirectory);
  prepareDataDirectory(paths);
  const other = readRunning(paths.running);
  if (other !== null) throw new AlreadyRunningError(other.pid, configuration.dataDirectory);
  await closeLeftInstances(paths.spool);
  writeRunning(paths.running, {
    pid: process.pid,
    environment: openEnvironment(configuration),
    demo: options.demo,
  });

  const children = new Map<Role, ChildRole>();
  let postgres: EmbeddedPostgres | null = null;
  let extra: { stop(): Promise<void> } | null = null;
  let stopped: Promise<void> | null = null;

  async function stopAll(): Promise<void> {
    for (const role of STOP_ORDER) await children.get(role)?.stop();
    await extra?.stop();
    await postgres?.stop();
    removeRunning(paths.running);
  }
  const stop = (): Promise<void> => (stopped ??= stopAll());

  function start(role: Role, databaseUrl: string | null): Promise<unknown> {
    const child = runChildRole({
      name: role,
      command: [process.execPath, join(import.meta.dirname, '..', 'main.ts'), 'role', role],
      environment: {
        ...inheritedEnvironment(),
        ...environmentOf(configuration),
        ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
        ...(options.demo ? { HOLDFAST_ROLE_FACTS: 'demo' } : {}),
      },
      logFile: options.demo ? join(paths.logs, `${role}.log`) : null,
      log,
      reaped: async (facts) => {
        if (facts.instance !== undefined) await markInstanceClosed(paths.spool, facts.instance);
      },
    });
    children.set(role, child);
    return child.ready;
  }

  try {
    const mx = configuration.roles.includes('mx') ? start('mx', null) : Promise.resolve();
    // A refusal is reported below; it must not count as unhandled while the database starts.
    mx.catch(() => undefined);
    let { databaseUrl } = configuration;
    if (databaseUrl === null) {
      options.progress('Starting the embedded PostgreSQL');
      postgres = await startEmbeddedPostgres({
        dataDirectory: paths.postgres,
        binDirectory: configuration.postgresBinaries ?? undefined,
        searchPath: inheritedEnvironment()['PATH'],
        log: (message) => log.info(message),
      });
      databaseUrl = postgres.url;
    }
    await migrate(databaseUrl, { log });
    writeRunning(paths.running, {
      pid: process.pid,
      environment: {
        ...openEnvironment(configuration),
        ...(configuration.databaseUrl === null ? { DATABASE_URL: databaseUrl } : {}),
      },
      demo: options.demo,
    });
    extra = await options.prepare(databaseUrl);
    options.progress('Starting the roles');
    const others = configuration.roles.filter((role) => role !== 'mx');
    await Promise.all([mx, ...others.map((role) => start(role, databaseUrl))]);
    return { databaseUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** No writer is alive when a supervisor starts: instances that a crash left open get their mark now. */
async function closeLeftInstances(spool: string): Promise<void> {
  for (const entry of readdirSync(spool, { withFileTypes: true })) {
    if (entry.isDirectory()) await markInstanceClosed(spool, entry.name);
  }
}

/** What children need besides our own settings. */
function inheritedEnvironment(): Record<string, string | undefined> {
  const { PATH, HOME, TZ, LANG, TMPDIR, NODE_OPTIONS } = process.env;
  return { PATH, HOME, TZ, LANG, TMPDIR, NODE_OPTIONS };
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseUnavailableError, type Log } from '@holdfast/application';
import { migrate } from '@holdfast/database';
import { EmbeddedPostgresError } from '@holdfast/database/embedded';
import { markInstanceClosed } from '@holdfast/mail';
import {
  environmentOf,
  openEnvironment,
  type Configuration,
} from '../configuration/read-configuration.ts';
import { processEnvironment } from '../configuration/process-environment.ts';
import type { Role } from '../configuration/roles.ts';
import { dataPaths, prepareDataDirectory } from '../composition/data-directory.ts';
import { AlreadyRunningError } from './start-refusals.ts';
import { serveMetrics, type MetricsOf } from './metrics-server.ts';
import { keepEmbeddedDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { runChildRole, type ChildRole } from './child-role.ts';
import { readRunning, removeRunning, writeRunning } from './running-file.ts';

export interface Supervision {
  /** Null on a host that runs mx alone. */
  readonly databaseUrl: string | null;
  /** Ordered: web, worker, relay, mx, ingest, what was added, PostgreSQL. Safe to call twice. */
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  readonly configuration: Configuration;
  readonly log: Log;
  /** One plain sentence per step. */
  readonly progress: (sentence: string) => void;
  readonly demo: boolean;
  /** Ends waiting for a database that is gone. */
  readonly signal: AbortSignal;
  /** Runs once the database is migrated and before the roles that need it; what it returns is stopped before PostgreSQL. */
  readonly prepare: (databaseUrl: string) => Promise<{ stop(): Promise<void> } | null>;
}

/** Between two tries to reach a database that is gone. Unit: milliseconds. */
const DATABASE_PAUSE = 2000;

/** Stopped in this order: first what talks to people, last what drains the spool. */
const STOP_ORDER: readonly Role[] = ['web', 'worker', 'relay', 'mx', 'ingest'];

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
  let postgres: EmbeddedDatabase | null = null;
  let extra: { stop(): Promise<void> } | null = null;
  let metrics: { stop(): Promise<void> } | null = null;
  let stopped: Promise<void> | null = null;

  async function stopAll(): Promise<void> {
    await metrics?.stop();
    for (const role of STOP_ORDER) await children.get(role)?.stop();
    await extra?.stop();
    await postgres?.stop();
    removeRunning(paths.running);
  }
  const stop = (): Promise<void> => (stopped ??= stopAll());

  function start(role: Role, databaseUrl: string | null): Promise<unknown> {
    const child = runChildRole({
      name: role,
      command: [process.execPath, join(import.meta.dirname, '..', 'main.js'), 'role', role],
      environment: {
        ...inheritedEnvironment(),
        ...environmentOf(configuration),
        ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
        ...(options.demo ? { HOLDFAST_ROLE_FACTS: 'demo' } : {}),
      },
      logFile: options.demo ? join(paths.logs, `${role}.log`) : null,
      mayGiveUp: options.demo,
      log,
      reaped: async (facts) => {
        if (facts.instance !== undefined) await markInstanceClosed(paths.spool, facts.instance);
        // The worker alone writes copies of mailboxes, in instances that it makes as it goes.
        if (role === 'worker') await closeLeftInstances(paths.spool, 'mailbox-');
      },
    });
    children.set(role, child);
    return child.ready;
  }

  /** The database, however long it takes: mx goes on accepting meanwhile (invariant 2). The demo refuses at once. */
  async function connectedDatabase(): Promise<string> {
    for (let told = ''; ;) {
      try {
        const url = configuration.databaseUrl ?? (await startPostgres());
        await migrate(url, { log });
        return url;
      } catch (error) {
        const passing =
          error instanceof DatabaseUnavailableError || error instanceof EmbeddedPostgresError;
        if (options.demo || !passing || options.signal.aborted) throw error;
        if (told !== error.message)
          options.progress(`${error.message}. Mail is accepted meanwhile; trying again`);
        told = error.message;
        await wait(DATABASE_PAUSE, undefined, { signal: options.signal });
      }
    }
  }

  async function startPostgres(): Promise<string> {
    options.progress('Starting the embedded PostgreSQL');
    postgres ??= await keepEmbeddedDatabase(
      {
        dataDirectory: paths.postgres,
        binDirectory: configuration.postgresBinaries ?? undefined,
        searchPath: inheritedEnvironment()['PATH'],
      },
      log,
    );
    return postgres.url;
  }

  try {
    if (configuration.metricsPort !== 0) {
      const sources = (): ReadonlyMap<string, MetricsOf> =>
        new Map([...children].map(([role, child]) => [role, () => child.metrics()]));
      metrics = await serveMetrics(configuration.metricsPort, sources, log);
    }
    const mx = configuration.roles.includes('mx') ? start('mx', null) : Promise.resolve();
    // A refusal is reported below; it must not count as unhandled while the database starts.
    mx.catch(() => undefined);
    const others = configuration.roles.filter((role) => role !== 'mx');
    if (others.length === 0 && !options.demo) {
      await mx;
      return { databaseUrl: null, stop };
    }
    const databaseUrl = await connectedDatabase();
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
    const roles = Promise.all([mx, ...others.map((role) => start(role, databaseUrl))]);
    await Promise.race([roles, aborted(options.signal)]);
    return { databaseUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** No writer is alive when a supervisor starts: instances that a crash left open get their mark now. */
async function closeLeftInstances(spool: string, prefix = ''): Promise<void> {
  for (const entry of readdirSync(spool, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name.startsWith(prefix))
      await markInstanceClosed(spool, entry.name);
  }
}

/** What children need besides our own settings. */
function inheritedEnvironment(): Record<string, string | undefined> {
  const { PATH, HOME, TZ, LANG, TMPDIR, NODE_OPTIONS } = processEnvironment;
  return { PATH, HOME, TZ, LANG, TMPDIR, NODE_OPTIONS };
}

/** Rejects when the start is given up (Ctrl-C); what was started is stopped by the caller. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const give = (): void => reject(new Error('The start was given up.'));
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
}

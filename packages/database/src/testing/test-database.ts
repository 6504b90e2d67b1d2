import { randomUUID } from 'node:crypto';

import {
  parseDatabaseUrl,
  startEmbeddedPostgres,
  toDatabaseUrl,
  type EmbeddedPostgres,
} from '../embedded/embedded-postgres.ts';
import postgres from 'postgres';

/** Set by the global setup for its workers: where this run's PostgreSQL keeps its data. */
export const DATA_DIRECTORY_VARIABLE = 'HOLDFAST_TEST_DATABASE';
/** `bundled` makes the tests use the npm package's PostgreSQL even where another is installed. */
const BINARIES_VARIABLE = 'HOLDFAST_TEST_POSTGRES';

export interface TestDatabase {
  /** For node-postgres and libpq; postgres.js takes `parseDatabaseUrl(url)` (unix socket). */
  readonly url: string;
  /** Cuts whatever is still connected. */
  readonly drop: () => Promise<void>;
}

/**
 * A database of its own, cloned in some 30 ms from a template that `migrate` has prepared once
 * per run. The first caller of the run starts the server; the others find it running.
 *
 * @param migrate brings the empty database behind a URL to the current schema
 * @param schema tells templates apart: one for each different `migrate` of a run; [a-z_]
 */
export async function createTestDatabase(
  migrate: (url: string) => Promise<void>,
  schema = 'holdfast',
): Promise<TestDatabase> {
  const template = `template_${schema}`;
  const server = await startTestServer();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withAdministrator(server, async (sql) => {
    await ensureTemplate(sql, template, (name) => migrate(urlOf(server, name)));
    // Without the log: a template of this size is copied several times as fast.
    await sql.unsafe(`create database ${name} template ${template} strategy file_copy`);
  });
  return {
    url: urlOf(server, name),
    drop: () =>
      withAdministrator(server, async (sql) => {
        await sql.unsafe(`drop database if exists ${name} with (force)`);
      }),
  };
}

/** Files run side by side in many processes: one of them makes the template, the others wait. */
async function ensureTemplate(
  sql: postgres.Sql,
  template: string,
  migrate: (database: string) => Promise<void>,
): Promise<void> {
  await sql`select pg_advisory_lock(hashtext(${template}))`;
  try {
    const [present] = await sql`select from pg_database where datname = ${template}`;
    if (present !== undefined) return;
    // Migrated under another name: a migration that fails leaves no template behind.
    const unfinished = `${template}_unfinished`;
    await sql.unsafe(`drop database if exists ${unfinished} with (force)`);
    await sql.unsafe(`create database ${unfinished}`);
    await migrate(unfinished);
    await sql.unsafe(`alter database ${unfinished} rename to ${template}`);
  } finally {
    await sql`select pg_advisory_unlock(hashtext(${template}))`;
  }
}

function urlOf(server: EmbeddedPostgres, database: string): string {
  return toDatabaseUrl({ ...parseDatabaseUrl(server.url), database });
}

/** Found once per file: asking who runs on the data costs ten times what a clone does. */
let testServer: Promise<EmbeddedPostgres> | null = null;

function startTestServer(): Promise<EmbeddedPostgres> {
  testServer ??= findOrStartTestServer();
  return testServer;
}

async function findOrStartTestServer(): Promise<EmbeddedPostgres> {
  const dataDirectory = process.env[DATA_DIRECTORY_VARIABLE];
  if (dataDirectory === undefined) {
    throw new Error(
      `${DATA_DIRECTORY_VARIABLE} is not set: run the tests with the vitest.config.ts at the root, whose global setup sets it.`,
    );
  }
  return startEmbeddedPostgres({
    dataDirectory,
    searchPath: process.env['PATH'],
    binaries: process.env[BINARIES_VARIABLE] === 'bundled' ? 'bundled' : 'any',
    throwaway: true,
    log: () => undefined,
  });
}

async function withAdministrator(
  server: EmbeddedPostgres,
  run: (sql: postgres.Sql) => Promise<void>,
): Promise<void> {
  const sql = postgres({
    ...parseDatabaseUrl(server.url),
    database: 'postgres',
    max: 1,
    onnotice: () => undefined,
  });
  try {
    await run(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

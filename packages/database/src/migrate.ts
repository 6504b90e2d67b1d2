import type { Log } from '@holdfast/application';
import type postgres from 'postgres';
import { connect } from './connect.ts';
import { translateFailure } from './failures.ts';
import { installJobQueues } from './jobs/install-job-queues.ts';
import { readMigrationFiles, type MigrationFile } from './migration-files.ts';
import { ensureRoles } from './roles.ts';
import { assertNotNewer, readApplied } from './schema-known.ts';

/** Any number will do, as long as it stays the same: starters that race wait for each other here. */
const MIGRATION_LOCK = 7_314_025;

/**
 * Brings the database behind the URL to this version's schema, forward only. Harmless when it is there already and
 * when several processes start at once. Also makes the run-time roles and the tables of the job queue, so that nothing
 * at run time needs the right to change the schema.
 *
 * @throws SchemaUnknownError when the database is ahead of this version
 * @throws DatabaseUnavailableError
 */
export async function migrate(url: string, options: { readonly log: Log }): Promise<void> {
  const sql = connect(url, 1);
  try {
    // The lock belongs to the session, hence the single connection; closing it lets go.
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    const files = await readMigrationFiles();
    const applied = (await readApplied(sql)) ?? [];
    assertNotNewer(files, applied);
    await ensureRoles(sql);
    await sql`create table if not exists public.holdfast_migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`;
    const done = new Set(applied.map(({ name }) => name));
    for (const file of files) {
      if (done.has(file.name)) continue;
      await apply(sql, file);
      options.log.info('migration applied', { migration: file.name });
    }
    await installJobQueues(url, sql);
  } catch (error) {
    throw translateFailure(error);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function apply(sql: postgres.Sql, file: MigrationFile): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction.unsafe(file.sql);
    await transaction`insert into holdfast_migrations (name, checksum) values (${file.name}, ${file.checksum})`;
  });
}

import type postgres from 'postgres';
import { connect } from './connect.ts';
import { translateFailure } from './failures.ts';
import { readMigrationFiles, type MigrationFile } from './migration-files.ts';

export type SchemaUnknownCode =
  | 'schema.missing'
  | 'schema.older'
  | 'schema.newer'
  | 'schema.changed';

/** The database has another schema than this version was written for. */
export class SchemaUnknownError extends Error {
  readonly code: SchemaUnknownCode;
  constructor(code: SchemaUnknownCode, message: string) {
    super(message);
    this.name = 'SchemaUnknownError';
    this.code = code;
  }
}

/**
 * A role calls this before it works: it refuses a schema that is older or newer than its own.
 *
 * @throws SchemaUnknownError
 * @throws DatabaseUnavailableError
 */
export async function assertSchemaKnown(url: string): Promise<void> {
  const sql = connect(url, 1);
  try {
    compare(await readMigrationFiles(), await readApplied(sql));
  } catch (error) {
    throw translateFailure(error);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

export interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
}

/** Null: this database was never migrated. */
export async function readApplied(sql: postgres.Sql): Promise<readonly AppliedMigration[] | null> {
  const [present] = await sql<{ name: string | null }[]>`
    select to_regclass('public.holdfast_migrations')::text as name`;
  if (present?.name === null || present === undefined) return null;
  return sql<AppliedMigration[]>`select name, checksum from holdfast_migrations order by name`;
}

/** Also what `migrate` asks first: it goes forward only from a schema that it knows. */
export function assertNotNewer(
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
): void {
  const known = new Map(files.map((file) => [file.name, file.checksum]));
  for (const { name, checksum } of applied) {
    const expected = known.get(name);
    if (expected === undefined) {
      throw new SchemaUnknownError(
        'schema.newer',
        `The database has migration ${name}, which this version of Holdfast does not know. Start the newer version that made it.`,
      );
    }
    if (expected !== checksum) {
      throw new SchemaUnknownError(
        'schema.changed',
        `Migration ${name} was changed after it had been applied to this database. Restore the file; changes go into a new migration.`,
      );
    }
  }
}

function compare(
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[] | null,
): void {
  if (applied === null) {
    throw new SchemaUnknownError(
      'schema.missing',
      'The database has no Holdfast schema yet. Start the supervisor (`holdfast start`): it brings the schema up to date.',
    );
  }
  assertNotNewer(files, applied);
  const done = new Set(applied.map(({ name }) => name));
  const missing = files.map(({ name }) => name).filter((name) => !done.has(name));
  if (missing.length > 0) {
    throw new SchemaUnknownError(
      'schema.older',
      `The database lacks ${missing.join(', ')}. Start the supervisor (\`holdfast start\`): it brings the schema up to date.`,
    );
  }
}

/**
 * The database adapter: schema, migrations, repositories and the job queue on PostgreSQL, behind the application's
 * ports. It keeps organisations apart (a role and row-level security in every transaction). It must never decide
 * anything that the domain decides, hand a row to a caller that is no record of the application, or read the clock.
 */
export { createDatabase, DEFAULT_POOL_SIZE, type DatabaseOptions } from './database.ts';
export { migrate } from './migrate.ts';
export { assertSchemaKnown, SchemaUnknownError, type SchemaUnknownCode } from './schema-known.ts';
export { isMarkedAsDemo, markAsDemo } from './demo-mark.ts';
export { createJobRunner } from './jobs/job-runner.ts';

import { createRequire } from 'node:module';

/**
 * drizzle by its CommonJS build. Its package.json has 179 kB, and Node reads it anew for each of some three hundred ES
 * modules: every process of ours would take 230 MB and 0.3 s more to start (decision 0013).
 */
const load = createRequire(import.meta.url);

export const {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  getTableName,
  gt,
  gte,
  inArray,
  is,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  or,
  sql,
} = load('drizzle-orm') as typeof import('drizzle-orm');
export const {
  PgTable,
  bigint,
  boolean,
  customType,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} = load('drizzle-orm/pg-core') as typeof import('drizzle-orm/pg-core');
export const { drizzle } = load(
  'drizzle-orm/postgres-js',
) as typeof import('drizzle-orm/postgres-js');

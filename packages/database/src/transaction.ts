import { sql } from './drizzle.ts';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { PgTransaction, PgTransactionConfig } from 'drizzle-orm/pg-core';
import type { PostgresJsDatabase, PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import type { SQL, SQLWrapper } from 'drizzle-orm';

type NoSchema = Record<string, never>;

/** What repositories work in: a transaction that has taken its role already. */
export type Transaction = PgTransaction<
  PostgresJsQueryResultHKT,
  NoSchema,
  ExtractTablesWithRelations<NoSchema>
>;

/** The two roles of a running product; neither owns a table, and row-level security holds for both. */
type Role = 'holdfast_app' | 'holdfast_system';

/** One transaction under a role; the organisation is an empty string for the system role. */
export async function transact<T>(
  database: PostgresJsDatabase<NoSchema>,
  role: Role,
  organisationId: string,
  work: (transaction: Transaction) => Promise<T>,
  settings?: PgTransactionConfig,
): Promise<T> {
  return database.transaction(async (transaction) => {
    await transaction.execute(
      sql`select set_config('role', ${role}, true),
                 set_config('holdfast.organisation_id', ${organisationId}, true)`,
    );
    return work(transaction);
  }, settings);
}

/** `column = ${anyUuid(ids)}` finds a few rows by an index. One parameter: a list of parameters ends at 65,535. */
export function anyUuid(ids: readonly string[]): SQL {
  return sql`any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))`;
}

/**
 * The same for thousands: always a hash look-up per row of the organisation. `coalesce` keeps the planner from making
 * a join of it, which looped for 30 s on tables that had no statistics yet.
 */
export function isAmong(column: SQLWrapper, ids: readonly string[]): SQL {
  const values = sql`select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid`;
  return sql`coalesce(${column} in (${values}), false)`;
}

export function anyText(values: readonly string[]): SQL {
  return sql`any(${textArray(values)})`;
}

export function textArray(values: readonly string[]): SQL {
  return sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;
}

/** Rows for `jsonb_to_recordset`, as one parameter. */
export function asJson(rows: unknown): SQL {
  const json = JSON.stringify(rows);
  return sql`${UNSTORABLE.test(json) ? JSON.stringify(rows, storable) : json}::jsonb`;
}

/** How JSON writes what PostgreSQL does not take. Looked for first: calling back for every value makes this twice as dear. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

/**
 * PostgreSQL takes neither NUL nor half a surrogate pair, and hostile mail has both in subjects: one such message must
 * not stop the batch that it is in.
 */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value;
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** The milliseconds of a nullable `timestamptz` that a hand-written query gave back as text. */
export function milliseconds(value: string): number {
  return new Date(value).getTime();
}

/** One decision at a time about a subject that may have no row to lock yet; until the transaction ends. */
export async function takeTurn(transaction: Transaction, subject: string): Promise<void> {
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${subject}, 0))`);
}

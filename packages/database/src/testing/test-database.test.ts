import { parseDatabaseUrl } from '../embedded/embedded-postgres.ts';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';

import { createTestDatabase } from './test-database.ts';

describe('a test database', () => {
  it('is a clone of the migrated template, apart from every other clone', async () => {
    let migrations = 0;
    const migrate = async (url: string): Promise<void> => {
      migrations += 1;
      await withClient(url, (sql) => sql`create table if not exists harness_probe (value int)`);
    };

    const first = await createTestDatabase(migrate, 'probe');
    const second = await createTestDatabase(migrate, 'probe');
    await withClient(first.url, (sql) => sql`create table only_here (value int)`);

    expect(await tables(first.url)).toContain('only_here');
    expect(await tables(second.url)).not.toContain('only_here');
    expect(migrations).toBe(1);

    await first.drop();
    await second.drop();
    await expect(tables(second.url)).rejects.toThrow(/does not exist/);
  });
});

async function tables(url: string): Promise<string[]> {
  const rows = await withClient(
    url,
    (sql) => sql<{ name: string }[]>`select relname as name from pg_class where relkind = 'r'`,
  );
  return rows.map((row) => row.name);
}

async function withClient<Result>(
  url: string,
  run: (sql: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const sql = postgres({ ...parseDatabaseUrl(url), max: 1 });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}

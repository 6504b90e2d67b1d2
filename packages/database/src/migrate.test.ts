import { describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import { migrate } from './migrate.ts';
import { assertSchemaKnown } from './schema-known.ts';
import { SILENT } from './testing/open-test-database.ts';
import { createTestDatabase } from './testing/test-database.ts';

const unmigrated = () => createTestDatabase(async () => undefined, 'empty');
const run = (url: string) => migrate(url, { log: SILENT });

describe('migrate', () => {
  it('brings an empty database to a schema that roles accept, and is harmless when repeated', async () => {
    const { url, drop } = await unmigrated();
    await expect(assertSchemaKnown(url)).rejects.toMatchObject({ code: 'schema.missing' });

    await run(url);
    await run(url);

    await expect(assertSchemaKnown(url)).resolves.toBeUndefined();
    await drop();
  });

  it('lets two starters at once wait for each other', async () => {
    const { url, drop } = await unmigrated();

    await Promise.all([run(url), run(url)]);

    await expect(assertSchemaKnown(url)).resolves.toBeUndefined();
    await drop();
  });

  it('refuses a database that a newer version has migrated, as every role does', async () => {
    const { url, drop } = await unmigrated();
    await run(url);
    await record(
      url,
      (sql) => sql`insert into holdfast_migrations values ('9999_future.sql', 'x')`,
    );

    await expect(run(url)).rejects.toMatchObject({ code: 'schema.newer' });
    await expect(assertSchemaKnown(url)).rejects.toMatchObject({ code: 'schema.newer' });
    await drop();
  });

  it('refuses a database that is behind, and one whose migrations were edited afterwards', async () => {
    const { url, drop } = await unmigrated();
    await run(url);
    await record(
      url,
      (sql) => sql`update holdfast_migrations set checksum = 'x' where name like '0001%'`,
    );
    await expect(assertSchemaKnown(url)).rejects.toMatchObject({ code: 'schema.changed' });

    await record(url, (sql) => sql`delete from holdfast_migrations where name not like '0002%'`);
    await expect(assertSchemaKnown(url)).rejects.toMatchObject({ code: 'schema.older' });
    await drop();
  });
});

async function record(
  url: string,
  change: (sql: ReturnType<typeof connect>) => Promise<unknown>,
): Promise<void> {
  const sql = connect(url, 1);
  await change(sql);
  await sql.end();
}

import { describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import { createDatabase } from './database.ts';
import { parseDatabaseUrl, toDatabaseUrl } from './embedded/connection.ts';
import { migrate } from './migrate.ts';
import { assertSchemaKnown } from './schema-known.ts';
import { SILENT } from './testing/open-test-database.ts';
import { ingest, ingested, makeOrganisation } from './testing/records.ts';
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

describe('an owner who is no superuser', () => {
  it('migrates, and runs under the roles that a database administrator has granted', async () => {
    const prepared = await unmigrated();
    await run(prepared.url);
    const { url, drop } = await unmigrated();
    const owner = `owner_${Date.now()}`;
    await record(url, async (sql) => {
      const [row] = await sql<{ name: string }[]>`select current_database() as name`;
      await sql.unsafe(`create role ${owner} login;
        grant holdfast_app, holdfast_system to ${owner};
        alter database ${row?.name ?? ''} owner to ${owner};
        alter schema public owner to ${owner}`);
    });
    const own = toDatabaseUrl({ ...parseDatabaseUrl(url), username: owner });

    await run(own);
    const database = createDatabase({ url: own, log: SILENT });
    const contoso = await makeOrganisation(database, 'contoso');
    const recipients = ['megan@contoso.example'];
    expect(await ingest(database, [ingested({ organisationId: contoso, recipients })])).toBe(1);
    await database.withinOrganisation(contoso, async ({ jobs, mailFlow }) => {
      const trace = { messageId: null, recipient: 'megan@contoso.example', limit: 10 };
      expect((await mailFlow.trace(trace)).map(({ recipient }) => recipient)).toEqual(recipients);
      const payload = { organisationId: contoso, runId: 'run-1' };
      await jobs.send({ name: 'directory.sync', payload, id: 'run-1', startAfter: null });
    });

    await database.close();
    await drop();
    await prepared.drop();
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

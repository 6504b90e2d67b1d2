import { PgTable, drizzle, getTableColumns, getTableName, is, sql } from './drizzle.ts';
import type { Database } from '@holdfast/application';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import * as accountChanges from './schema/account-changes.ts';
import * as directory from './schema/directory.ts';
import * as events from './schema/events.ts';
import * as installation from './schema/installation.ts';
import * as mail from './schema/mail.ts';
import * as mailboxAccess from './schema/mailbox-access.ts';
import * as organisations from './schema/organisations.ts';
import * as people from './schema/people.ts';
import * as push from './schema/push.ts';
import * as queue from './schema/queue.ts';
import * as signIn from './schema/sign-in.ts';
import * as writing from './schema/writing.ts';
import { ingest, ingested, makeOrganisation } from './testing/records.ts';
import { openTestDatabase, type OpenTestDatabase } from './testing/open-test-database.ts';
import { transact } from './transaction.ts';

/** Tables of the installation as a whole; the app role has no right to any of them. */
const WITHOUT_ORGANISATION = [
  'holdfast_migrations',
  'installation_marks',
  'passkey_challenges',
  'push_keys',
  'search_positions',
  'set_up_tokens',
  'sign_in_attempts',
  'spool_alarms',
  'spool_positions',
];

let opened: OpenTestDatabase;
let database: Database;
let client: ReturnType<typeof connect>;
let contoso: string;
let fabrikam: string;

beforeAll(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  client = connect(opened.url, 2);
  contoso = await makeOrganisation(database, 'contoso');
  fabrikam = await makeOrganisation(database, 'fabrikam');
  await ingest(database, [
    ingested({ organisationId: contoso, recipients: ['megan@contoso.example'] }),
    ingested({ organisationId: fabrikam, recipients: ['lee@fabrikam.example'] }),
  ]);
});

afterAll(async () => {
  await client.end();
  await opened.close();
});

describe('the catalogue', () => {
  it('has an organisation in every table but the documented few', async () => {
    const rows = await client<{ name: string }[]>`
      select relname as name from pg_class c
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not exists (select from pg_attribute where attrelid = c.oid and attname = 'organisation_id')
      order by 1`;

    expect(rows.map((row) => row.name)).toEqual(WITHOUT_ORGANISATION);
  });

  it('forces row-level security wherever there is an organisation, partitions included', async () => {
    const rows = await client<{ name: string }[]>`
      select relname as name from pg_class c
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and exists (select from pg_attribute where attrelid = c.oid and attname = 'organisation_id')
        and not (relrowsecurity and relforcerowsecurity)`;

    expect(rows).toEqual([]);
  });

  it('lets the owner of every search table read it, who need not be a superuser: a search names tables', async () => {
    const rows = await client<{ name: string; readable: boolean }[]>`
      select child.relname as name, exists (
        select from pg_policy where polrelid = child.oid and child.relowner = any(polroles)) as readable
      from pg_inherits join pg_class child on child.oid = inhrelid
      where inhparent = 'message_texts'::regclass`;

    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ readable }) => !readable)).toEqual([]);
  });

  it('has the columns that the drizzle schema says, with the same nullability', async () => {
    const known = [
      organisations,
      people,
      accountChanges,
      directory,
      events,
      mail,
      mailboxAccess,
      push,
      queue,
      signIn,
      installation,
      writing,
    ]
      .flatMap((area): unknown[] => Object.values(area))
      .filter((value) => is(value, PgTable));
    for (const table of known) {
      const columns = Object.values(getTableColumns(table))
        .map((column) => `${column.name} ${column.getSQLType()} ${column.notNull}`)
        .toSorted();
      const rows = await client<{ column: string }[]>`
        select attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull::text as column
        from pg_attribute where attrelid = ${getTableName(table)}::regclass and attnum > 0
          and not attisdropped and attname not in ('set_at')
        order by 1`;
      const found = rows.map((row) => row.column).toSorted();
      expect({ table: getTableName(table), columns: found }).toEqual({
        table: getTableName(table),
        columns,
      });
    }
  });
});

describe('two organisations', () => {
  it('see only their own rows, even where a query forgets to ask', async () => {
    const seen = await transact(drizzle(client), 'holdfast_app', contoso, (transaction) =>
      transaction.execute<{ recipient: string }>(sql`select recipient from deliveries`),
    );

    expect(seen.map((row) => row.recipient)).toEqual(['megan@contoso.example']);
  });

  it('cannot write into each other', async () => {
    const foreign = transact(drizzle(client), 'holdfast_app', contoso, (transaction) =>
      transaction.execute(sql`insert into audit_entries (organisation_id, at, actor, action, subject, details)
        values (${fabrikam}, now(), 'x', 'x', 'x', '{}')`),
    );
    await expect(foreign).rejects.toMatchObject({
      cause: { message: expect.stringContaining('row-level security') },
    });
  });

  it('see nothing at all without an organisation', async () => {
    await expect(
      transact(drizzle(client), 'holdfast_app', '', (transaction) =>
        transaction.execute(sql`select from deliveries`),
      ),
    ).rejects.toThrow();
  });

  it('cannot read what others gave to the job queue', async () => {
    const reads = transact(drizzle(client), 'holdfast_app', contoso, (transaction) =>
      transaction.execute(sql`select data from pgboss.job`),
    );

    await expect(reads).rejects.toMatchObject({
      cause: { message: expect.stringContaining('permission denied') },
    });
  });

  it('share no state between transactions of one connection', async () => {
    const names = await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        database.withinOrganisation(turn % 2 === 0 ? contoso : fabrikam, async (repositories) => {
          const record = await repositories.organisation.get();
          return record.name;
        }),
      ),
    );

    expect(new Set(names.filter((_, turn) => turn % 2 === 0))).toEqual(new Set(['contoso']));
    expect(new Set(names.filter((_, turn) => turn % 2 === 1))).toEqual(new Set(['fabrikam']));
  });
});

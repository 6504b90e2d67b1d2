import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  WHOLE_QUEUE,
  type Log,
  type OrganisationRecord,
  type OrganisationRepositories,
} from '@holdfast/application';
import { createDatabase, migrate } from '@holdfast/database';
import { parseDatabaseUrl, startEmbeddedPostgres } from '@holdfast/database/embedded';
import postgres from 'postgres';

const ORGANISATION = '01935f00-0000-7000-8000-000000000001';
export const DAYS = 30;
/** Senders and recipients of the filling; message n has those of n modulo these. */
export const SENDERS = 20_000;
export const RECIPIENTS = 5_000;

const nothing = (): void => undefined;
const SILENT: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => SILENT,
};

export interface FilledDatabase extends AsyncDisposable {
  readonly sql: postgres.Sql;
  /** As a use case works: its own role, under row security. */
  readonly within: <T>(work: (repositories: OrganisationRepositories) => Promise<T>) => Promise<T>;
  /** When the youngest message was accepted. Unit: ms since 1970. */
  readonly now: number;
}

/** A database as the product makes it, with this many messages of one recipient each over thirty days; a tenth still open. */
export async function fillDatabase(count: number): Promise<FilledDatabase> {
  const stack = new AsyncDisposableStack();
  try {
    const directory = await mkdtemp(join(tmpdir(), 'holdfast-rig-'));
    stack.defer(() => rm(directory, { recursive: true, force: true }));
    const server = await startEmbeddedPostgres({
      dataDirectory: join(directory, 'postgres'),
      log: nothing,
    });
    stack.defer(() => server.stop());
    await migrate(server.url, { log: SILENT });
    const sql = postgres({ ...parseDatabaseUrl(server.url), max: 1, onnotice: nothing });
    stack.defer(() => sql.end({ timeout: 5 }));
    const now = Date.now();
    const database = createDatabase({ url: server.url, poolSize: 2, log: SILENT });
    stack.defer(() => database.close());
    await database.acrossOrganisations((system) => system.createOrganisation(organisation(now)));
    await insertRows(sql, count, now);
    const moved = stack.move();
    return {
      sql,
      now,
      within: (work) => database.withinOrganisation(ORGANISATION, work),
      [Symbol.asyncDispose]: () => moved.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** Everything that is open. */
export const OPEN = WHOLE_QUEUE;

function organisation(now: number): OrganisationRecord {
  return {
    id: ORGANISATION,
    name: 'Rig',
    plan: { name: 'Rig', continuity: true, seats: 1 },
    wrappedKey: '',
    installedAt: now,
    protectNewUsers: false,
    directorySyncedAt: null,
    syncGuardPercent: 10,
    listsCopiedAt: null,
    helpdesk: null,
    createdAt: now,
  };
}

async function insertRows(sql: postgres.Sql, count: number, now: number): Promise<void> {
  const perDay = Math.ceil(count / DAYS);
  for (let day = 0; day < DAYS; day += 1) {
    const start = new Date(now - (DAYS - day) * 86_400_000 + 1).toISOString();
    await sql`select holdfast_ensure_day((${start}::timestamptz at time zone 'UTC')::date + step)
      from generate_series(0, 1) step`;
    await sql`create temp table filling on commit preserve rows as
      select ${day * perDay}::int + i as n, gen_random_uuid() as id,
        ${start}::timestamptz + i * (interval '24 hours' / ${perDay}::int) as at
      from generate_series(0, ${perDay - 1}::int) i`;
    await sql`insert into messages (accepted_day, id, organisation_id, accepted_at, origin, instance,
        segment, "offset", length, size, envelope_from, client_ip, body_type, smtp_utf8,
        sender_authenticated, message_id, summary)
      select (at at time zone 'UTC')::date, id, ${ORGANISATION}, at, 'inbound', 'mx-1', 'copy-1', n, 4096, 4000,
        'sender' || (n::bigint * 7919 % ${SENDERS}::int) || '@domain' || (n % 997) || '.example', '192.0.2.7',
        '8BITMIME', false, true, '<' || n || '@rig.example>',
        jsonb_build_object('subject', 'Order ' || n || ' of customer ' || (n % 4999) || ', delivery on Thursday',
          'from', jsonb_build_object('name', 'Somebody', 'address', 'sender@rig.example'),
          'to', '[]'::jsonb, 'cc', '[]'::jsonb, 'preview', repeat('word ', 40), 'messageId', '<' || n || '@rig.example>')
      from filling`;
    await sql`insert into deliveries (accepted_day, organisation_id, id, message_id, accepted_at, origin,
        recipient, route, state, hold, due_at, attempts, verdict, verdict_reason, reply, reply_class, updated_at)
      select (at at time zone 'UTC')::date, ${ORGANISATION}, gen_random_uuid(), id, at, 'inbound',
        'user' || (n % ${RECIPIENTS}::int) || '@contoso.example', 'primary',
        case when n % 10 = 0 then 'deferred' else 'delivered' end, null,
        case when n % 10 = 0 then at + interval '1 hour' end, 1, 'deliver', 'clean', '250 2.6.0 queued',
        case when n % 10 > 0 then 'delivered' when n % 30 = 0 then 'throttled' else 'path-down' end, at
      from filling`;
    await sql`drop table filling`;
  }
  // As autovacuum leaves tables behind within minutes.
  await sql`vacuum analyze messages`;
  await sql`vacuum analyze deliveries`;
}

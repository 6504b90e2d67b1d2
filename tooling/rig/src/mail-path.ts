import { join } from 'node:path';
import { startEmbeddedPostgres } from '@holdfast/database/embedded';
import type { Environment } from '@holdfast/e2e/command-line';
import { freePorts } from '@holdfast/e2e/free-ports';
import { markInstanceClosed } from '@holdfast/mail';
import postgres from 'postgres';
import { startDnsServer, type DnsServer } from './dns-server.ts';
import { prepareData } from './prepared-data.ts';
import { startRole, type RunningRole } from './running-role.ts';
import { makeSenderDomain, type SenderDomain } from './sender-domain.ts';

/** Host of the demo's tenant, by which the relay finds it. */
const TENANT_HOST = 'contoso-example.mail.protection.outlook.com';

/** A connection that the server has broken off would be waited for without end. Unit: seconds. */
const CLOSING = 5;

export type PathRole = 'mx' | 'ingest' | 'relay';

export interface MailPath extends AsyncDisposable {
  readonly mxPort: number;
  /** Where the relay looks for the tenant: whoever measures puts something there. */
  readonly tenantPort: number;
  readonly directory: string;
  readonly databaseUrl: string;
  /** As the superuser, past row security. */
  readonly sql: postgres.Sql;
  /** Connected to another database of the same server: for taking backups and putting them back. */
  readonly maintenance: postgres.Sql;
  readonly sender: SenderDomain;
  readonly dns: DnsServer;
  start(role: PathRole, nodeOptions?: readonly string[]): Promise<RunningRole>;
  stop(role: PathRole, signal?: NodeJS.Signals): Promise<void>;
  role(role: PathRole): RunningRole;
}

/**
 * The mail path as processes on the demo's data: PostgreSQL runs, and mx, ingest and relay are started one by one. Its
 * tenant is whatever listens on the tenant's port; there is no simulator, so nothing else takes part in a measurement.
 */
export async function startMailPath(environment: Environment = {}): Promise<MailPath> {
  const stack = new AsyncDisposableStack();
  try {
    const [mxPort = 0, tenantPort = 0] = await freePorts(2);
    const data = await prepareData({ database: true });
    stack.defer(() => data.remove());
    const sender = makeSenderDomain([TENANT_HOST]);
    const dns = await startDnsServer(sender.zone);
    stack.defer(() => dns.stop());
    const database = await startEmbeddedPostgres({
      dataDirectory: join(data.directory, 'postgres'),
      searchPath: process.env['PATH'],
      log: () => undefined,
    });
    stack.defer(() => database.stop());
    const { host, port, username } = database;
    const sql = postgres({ host, port, username, database: database.database, max: 4 });
    stack.defer(() => sql.end({ timeout: CLOSING }));
    const maintenance = postgres({ host, port, username, database: 'postgres', max: 1 });
    stack.defer(() => maintenance.end({ timeout: CLOSING }));
    const roles = new Map<PathRole, RunningRole>();
    stack.defer(async () => {
      for (const role of ['relay', 'mx', 'ingest'] as const) await stop(role);
    });

    async function start(
      role: PathRole,
      nodeOptions: readonly string[] = [],
    ): Promise<RunningRole> {
      const started = await startRole({
        role,
        nodeOptions,
        environment: {
          ...data.environment,
          DATABASE_URL: database.url,
          HOLDFAST_MX_PORT: String(mxPort),
          HOLDFAST_RELAY_PORT: String(tenantPort),
          // smtp-sink has no TLS.
          HOLDFAST_RELAY_TLS: 'opportunistic',
          HOLDFAST_DNS: `127.0.0.1:${dns.port}`,
          ...environment,
        },
        log: join(data.directory, 'logs', `${role}.log`),
      });
      roles.set(role, started);
      return started;
    }

    async function stop(role: PathRole, signal?: NodeJS.Signals): Promise<void> {
      const running = roles.get(role);
      roles.delete(role);
      if (running === undefined) return;
      await running.stop(signal);
      // What the supervisor does once a writer is reaped.
      const spool = join(data.directory, 'spool');
      if (running.instance !== null) await markInstanceClosed(spool, running.instance);
    }

    return {
      mxPort,
      tenantPort,
      directory: data.directory,
      databaseUrl: database.url,
      sql,
      maintenance,
      sender,
      dns,
      start,
      stop,
      role(role) {
        const running = roles.get(role);
        if (running === undefined) throw new Error(`${role} does not run.`);
        return running;
      },
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

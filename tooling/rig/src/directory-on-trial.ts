import { createDatabase } from '@holdfast/database';
import { startEmbeddedPostgres } from '@holdfast/database/embedded';
import { runCommand } from '@holdfast/e2e/command-line';
import { freePorts } from '@holdfast/e2e/free-ports';
import type { Database, DirectoryQuery } from '@holdfast/application';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { prepareData } from './prepared-data.ts';
import { peakMemory } from './process-figures.ts';
import { startRole } from './running-role.ts';
import { QUIET } from './throwaway-database.ts';

const SIMULATOR = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  'apps',
  'simulator',
  'src',
  'main.ts',
);

/** As much as Graph's own `$top` takes. */
const LARGEST_PAGE = 999;

export interface SyncOutcome {
  readonly state: string;
  readonly seen: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly detail: string | null;
  /** From the request to the end of the run. Unit: milliseconds. */
  readonly took: number;
}

export interface DirectoryOnTrial extends AsyncDisposable {
  /** As an administrator would on the command line; the worker does it. */
  sync(options?: { readonly full?: boolean }): Promise<SyncOutcome>;
  /** The run under way has so many objects already; 0: none is. */
  seen(): Promise<number>;
  /** Ends the worker in order, whatever it is at, and starts another. Resolves to how long it took to end. Unit: milliseconds. */
  restart(): Promise<number>;
  /** A share of the tenant's users changes. */
  change(share: number, seed: string): Promise<void>;
  /** Most memory that the worker ever held. Unit: bytes. */
  peak(): number;
  /** One page of the users page, as the database is asked for it. Unit: milliseconds. */
  page(query: Partial<DirectoryQuery>): Promise<number>;
}

/** A tenant of so many users, and a worker with its own database that reads it: both as processes of their own. */
export async function startDirectoryOnTrial(
  users: number,
  nodeOptions: readonly string[] = [],
): Promise<DirectoryOnTrial> {
  const stack = new AsyncDisposableStack();
  try {
    const data = await prepareData({ database: true });
    stack.defer(() => data.remove());
    const tenant = await startTenant(users);
    stack.defer(tenant.stop);
    const server = await startEmbeddedPostgres({
      dataDirectory: join(data.directory, 'postgres'),
      searchPath: process.env['PATH'],
      log: () => undefined,
    });
    stack.defer(() => server.stop());
    const database = createDatabase({ url: server.url, log: QUIET });
    stack.defer(() => database.close());
    const [organisation] = await database.acrossOrganisations((system) => system.organisations());
    const organisationId = organisation?.id ?? '';
    const environment = {
      ...data.environment,
      ...tenant.environment,
      DATABASE_URL: server.url,
    };
    const start = () =>
      startRole({
        role: 'worker',
        environment,
        log: join(data.directory, 'logs', 'worker.log'),
        nodeOptions,
      });
    let worker = await start();
    // Whatever else it is at, such as copies of mailboxes, is of no interest any more.
    stack.defer(() => worker.stop('SIGKILL'));
    return {
      sync: async ({ full = false } = {}) => {
        const args = [
          'directory',
          'sync',
          '--allow-removals',
          '--json',
          ...(full ? ['--full'] : []),
        ];
        const { json, stderr } = await runCommand(args, environment);
        if (!isRun(json)) throw new Error(`The directory was not read: ${stderr}`);
        const { startedAt, finishedAt, ...outcome } = json;
        return { ...outcome, took: Date.parse(finishedAt) - Date.parse(startedAt) };
      },
      seen: () =>
        database.withinOrganisation(organisationId, async ({ syncRuns }) => {
          const run = await syncRuns.latest();
          return run?.state === 'running' ? run.seen : 0;
        }),
      restart: async () => {
        const began = performance.now();
        await worker.stop();
        const took = performance.now() - began;
        worker = await start();
        return took;
      },
      change: (share, seed) => tenant.change(share, seed),
      peak: () => peakMemory(worker.pid),
      page: (query) => timePage(database, organisationId, query),
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

interface Run extends Omit<SyncOutcome, 'took'> {
  readonly startedAt: string;
  readonly finishedAt: string;
}

function isRun(json: unknown): json is Run {
  return (
    typeof json === 'object' && json !== null && 'finishedAt' in json && json.finishedAt !== null
  );
}

async function timePage(
  database: Database,
  organisationId: string,
  query: Partial<DirectoryQuery>,
): Promise<number> {
  const startedAt = performance.now();
  await database.withinOrganisation(organisationId, ({ directory }) =>
    directory.page({
      search: '',
      kinds: null,
      protected: null,
      alternateInfo: null,
      sort: 'name',
      descending: false,
      offset: 0,
      limit: 50,
      ...query,
    }),
  );
  return performance.now() - startedAt;
}

async function startTenant(users: number) {
  const [control = 0, smtp = 0, dns = 0] = await freePorts(3);
  const args = ['--control-port', control, '--smtp-port', smtp, '--dns-port', dns];
  const size = ['--users', users, '--page-size', LARGEST_PAGE, '--sample-days', 0];
  const child = spawn(process.execPath, [SIMULATOR, ...[...args, ...size].map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const takeAlong = (): void => void child.kill('SIGKILL');
  process.once('exit', takeAlong);
  const [line] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('The simulator did not start.'))),
  ])) as [Buffer];
  const facts = JSON.parse(line.toString('utf8')) as Readonly<
    Record<'controlUrl' | 'loginBase' | 'graphBase' | 'exchangeBase', string>
  >;
  return {
    environment: {
      HOLDFAST_LOGIN_BASE: facts.loginBase,
      HOLDFAST_GRAPH_BASE: facts.graphBase,
      HOLDFAST_EXCHANGE_BASE: facts.exchangeBase,
    },
    change: async (share: number, seed: string): Promise<void> => {
      const response = await fetch(`${facts.controlUrl}/control/tenant/shift`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ changed: share, seed }),
      });
      if (!response.ok) throw new Error(`The simulator: ${await response.text()}`);
    },
    stop: async (): Promise<void> => {
      process.off('exit', takeAlong);
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

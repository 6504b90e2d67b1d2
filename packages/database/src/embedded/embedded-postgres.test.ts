import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  findEmbeddedPostgres,
  parseDatabaseUrl,
  startEmbeddedPostgres,
  toDatabaseUrl,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres.ts';

let directory: string;
let running: EmbeddedPostgres[];

beforeEach(() => {
  directory = mkdtempSync(join(realpathSync(tmpdir()), 'holdfast-embedded-'));
  running = [];
});

afterEach(async () => {
  for (const server of running) await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataDirectory: join(directory, 'data'),
    searchPath: process.env['PATH'],
    log: () => undefined,
    ...options,
  });
  running.push(server);
  return server;
}

async function ask(server: EmbeddedPostgres, question: string): Promise<unknown> {
  const sql = postgres(server.url, { ...parseDatabaseUrl(server.url), max: 1 });
  try {
    const [row] = await sql.unsafe(question).values();
    return row?.[0];
  } finally {
    await sql.end();
  }
}

describe('the embedded PostgreSQL', () => {
  // The directory is 0700 and, for root, its owner is not the account the server runs as.
  it.each(['any', 'bundled'] as const)(
    'starts under a closed directory with %s binaries, on a socket only, and keeps its data',
    async (binaries) => {
      const server = await start({ binaries });
      expect(server.adopted).toBe(false);
      expect(await ask(server, 'select current_database()')).toBe('holdfast');
      expect(await ask(server, 'show listen_addresses')).toBe('');
      expect(await ask(server, 'show fsync')).toBe('on');
      await ask(server, 'create table kept as select 42 as value');

      await server.stop();
      expect(await findEmbeddedPostgres(join(directory, 'data'))).toBeUndefined();

      const again = await start({ binaries });
      expect(again.adopted).toBe(false);
      expect(await ask(again, 'select value from kept')).toBe(42);
    },
  );

  it('keeps the socket path short, however deep the data lie', async () => {
    const deep = join(directory, ...Array.from({ length: 12 }, () => 'a-rather-long-name'), 'data');
    const server = await start({ dataDirectory: deep });
    expect(`${server.host}/.s.PGSQL.${server.port}`.length).toBeLessThan(100);
    expect(statSync(server.host).mode & 0o077).toBe(0);
  });

  it('adopts a server whose starter has gone', async () => {
    const orphan = await start();
    const adopted = await start();
    expect(adopted).toMatchObject({ adopted: true, processId: orphan.processId });
  });

  it('ends with one server when two processes start at once', async () => {
    const servers = await Promise.all([start(), start(), start()]);
    expect(new Set(servers.map((server) => server.processId)).size).toBe(1);
  });

  it('recovers after a kill', async () => {
    const killed = await start();
    await ask(killed, 'create table kept as select 7 as value');
    process.kill(killed.processId, 'SIGKILL');
    const server = await start();
    expect(server.processId).not.toBe(killed.processId);
    expect(await ask(server, 'select value from kept')).toBe(7);
  });

  it('is not misled by a pid file whose number now belongs to another program', async () => {
    const first = await start();
    await first.stop();
    writeFileSync(
      join(directory, 'data', 'postmaster.pid'),
      `${process.pid}\n${directory}\n0\n5432\n${first.host}\n\n`,
    );
    const server = await start();
    expect(server.adopted).toBe(false);
  });

  it('refuses the data of another major version and says what to do', async () => {
    const data = join(directory, 'data');
    mkdirSync(data);
    writeFileSync(join(data, 'PG_VERSION'), '12\n');
    chmodSync(data, 0o700);
    await expect(start()).rejects.toThrow(/written by PostgreSQL 12.*pg_dumpall/s);
  });

  it('says which setting is wrong when the given directory has no programs', async () => {
    await expect(start({ binDirectory: directory })).rejects.toMatchObject({
      code: 'postgres.no-binaries',
      message: expect.stringContaining('HOLDFAST_PG_BIN') as string,
    });
  });
});

describe('a database URL', () => {
  it('carries a socket directory there and back', () => {
    const address = { host: '/tmp/a b', port: 5432, database: 'holdfast', username: 'me' };
    expect(parseDatabaseUrl(toDatabaseUrl(address))).toEqual(address);
  });

  it('carries a host, a password and the defaults', () => {
    expect(parseDatabaseUrl('postgres://me:s%40crt@db.example')).toEqual({
      host: 'db.example',
      port: 5432,
      database: 'me',
      username: 'me',
      password: 's@crt',
    });
  });
});

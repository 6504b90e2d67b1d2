import { createServer, type AddressInfo, type Server } from 'node:net';

/** Below what systems hand out by themselves (from 32,768 on): no outgoing connection takes one before it is used. */
const FIRST_PORT = 20_000;
/** Names the range of a program that is no worker of a test run and runs beside others: 0 to 7. */
const RANGE_VARIABLE = 'HOLDFAST_E2E_PORTS';
/** Ports that each worker chooses from, so that those that run side by side never choose the same. */
const PORTS_PER_WORKER = 1_500;
const WORKERS = 8;
/** Another try takes another port; a machine with so few free ones is broken. */
const MOST_TRIES = 200;

/**
 * Ports that nobody uses now. All are held until the last one is found, so that no number comes twice; they have to
 * stay the same over restarts of a role, which is why the roles cannot choose for themselves.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers: Server[] = [];
  try {
    for (let tries = 0; servers.length < count && tries < MOST_TRIES; tries += 1) {
      const server = await listenOn(candidate()).catch(() => null);
      if (server !== null) servers.push(server);
    }
    if (servers.length < count) throw new Error(`Found ${servers.length} of ${count} free ports.`);
    return servers.map((server) => (server.address() as AddressInfo).port);
  } finally {
    await Promise.all(servers.map(close));
  }
}

function candidate(): number {
  const worker =
    Number(process.env[RANGE_VARIABLE] ?? process.env['VITEST_POOL_ID'] ?? 0) % WORKERS;
  return FIRST_PORT + worker * PORTS_PER_WORKER + Math.floor(Math.random() * PORTS_PER_WORKER);
}

/** A port in use until `release` is called. */
export async function occupiedPort(): Promise<{
  readonly port: number;
  readonly release: () => Promise<void>;
}> {
  const server = await listenOn(0);
  return { port: (server.address() as AddressInfo).port, release: () => close(server) };
}

function listenOn(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

import { createServer, type AddressInfo, type Server } from 'node:net';

/**
 * Ports that nobody uses now. All are held until the last one is found, so that no number comes twice; they have to
 * stay the same over restarts of a role, which is why the roles cannot choose for themselves.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(close));
  return ports;
}

/** A port in use until `release` is called. */
export async function occupiedPort(): Promise<{
  readonly port: number;
  readonly release: () => Promise<void>;
}> {
  const server = await listen();
  return { port: (server.address() as AddressInfo).port, release: () => close(server) };
}

function listen(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

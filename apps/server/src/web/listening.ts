import { createServer, type RequestListener, type Server } from 'node:http';

/** Requests under way may finish within this when the role stops. Unit: milliseconds. */
const STOP_PATIENCE = 10_000;

export interface ListeningSite {
  readonly port: number;
  /** Takes no new connections, ends the idle ones, and gives the rest 10 s. */
  stop(): Promise<void>;
}

/**
 * Serves one site. Throws an error with code `EADDRINUSE` and a sentence that names the setting when the port is taken.
 */
export async function listenOn(
  app: RequestListener,
  address: { readonly host: string; readonly port: number; readonly setting: string },
): Promise<ListeningSite> {
  const server = createServer(app);
  await new Promise<void>((listening, fail) => {
    server.once('error', (error) => fail(explained(error, address)));
    server.listen(address.port, address.host, listening);
  });
  return { port: portOf(server), stop: () => stopServer(server) };
}

function stopServer(server: Server): Promise<void> {
  return new Promise((stopped) => {
    const timer = setTimeout(() => server.closeAllConnections(), STOP_PATIENCE);
    server.close(() => {
      clearTimeout(timer);
      stopped();
    });
    server.closeIdleConnections();
  });
}

function portOf(server: Server): number {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
  return bound.port;
}

function explained(
  error: NodeJS.ErrnoException,
  { port, setting }: { readonly port: number; readonly setting: string },
): Error {
  if (error.code !== 'EADDRINUSE') return error;
  const sentence = `Port ${port} is in use by another program. Stop it, or set ${setting} to another port.`;
  return Object.assign(new Error(sentence, { cause: error }), { code: 'EADDRINUSE' });
}

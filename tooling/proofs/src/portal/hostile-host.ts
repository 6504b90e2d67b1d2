import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { testCertificate } from '@holdfast/mail/testing/certificate';

/** One request that reached a host of the senders'. */
interface Hit {
  readonly host: string;
  readonly path: string;
  /** What the browser wanted it for: `image`, `script`, `style`, `document`, … */
  readonly destination: string;
  readonly isSecure: boolean;
  readonly referrer: string | null;
  readonly cookie: string | null;
}

export interface HostileHost {
  readonly port: number;
  readonly hits: readonly Hit[];
  /** Connections, also those on which nothing was asked. */
  connections(): number;
  close(): Promise<void>;
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
);
/** First byte of a TLS handshake (RFC 8446 §5.1). */
const TLS_HANDSHAKE = 0x16;

/**
 * Every host that the tricks name, on one port, with and without TLS. It serves what each trick hopes for: a script that
 * runs, a sheet that loads more, a page with a script, a picture.
 */
export async function listenAsHostileHost(): Promise<HostileHost> {
  const hits: Hit[] = [];
  let connections = 0;
  const answer = (isSecure: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    hits.push(hitOf(request, isSecure));
    serve(request, response);
  };
  const plain = createHttp(answer(false));
  const secure = createHttps(testCertificate, answer(true));
  const sockets = new Set<Socket>();
  const front = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
    socket.once('readable', () => {
      const first: unknown = socket.read(1);
      if (!(first instanceof Buffer)) return;
      socket.unshift(first);
      (first[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
    });
  });
  return {
    port: await listen(front),
    hits,
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => front.close(resolve));
    },
  };
}

function hitOf(request: IncomingMessage, isSecure: boolean): Hit {
  const header = (name: string): string | null => request.headers[name]?.toString() ?? null;
  return {
    host: (header('host') ?? '').split(':')[0] ?? '',
    path: request.url ?? '',
    destination: header('sec-fetch-dest') ?? 'unknown',
    isSecure,
    referrer: header('referer'),
    cookie: header('cookie'),
  };
}

const RUN = 'try { top.canary(-1) } catch { canary(-1) }';
const DOCUMENT = { type: 'text/html', content: `<script>${RUN}</script>` };
/** By what it is wanted for; a picture otherwise. */
const SERVED: Readonly<Record<string, { readonly type: string; readonly content: string }>> = {
  script: { type: 'text/javascript', content: RUN },
  style: { type: 'text/css', content: 'p{background:url(/from-sheet.png)}' },
  document: DOCUMENT,
  iframe: DOCUMENT,
  frame: DOCUMENT,
  embed: DOCUMENT,
  object: DOCUMENT,
};

function serve(request: IncomingMessage, response: ServerResponse): void {
  const served = SERVED[String(request.headers['sec-fetch-dest'])];
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Content-Type', served?.type ?? 'image/png');
  response.end(served?.content ?? PIXEL);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
    });
  });
}

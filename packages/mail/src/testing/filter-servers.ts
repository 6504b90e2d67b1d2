import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';

export interface AskedCheck {
  readonly headers: IncomingHttpHeaders;
  /** Names and values as they came, in order. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** What a scripted filter does with a message: an answer, silence, or hanging up. */
export type FilterScript<Answer> = (body: Buffer) => Answer | 'hang' | 'cut' | Promise<Answer>;

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Something that speaks like Rspamd and does what it is told. */
export async function rspamdServer(options: {
  readonly script: FilterScript<{ readonly status?: number; readonly text: string }>;
  readonly ping?: () => boolean;
}): Promise<AsyncDisposable & { readonly url: string; readonly asked: AskedCheck[] }> {
  const asked: AskedCheck[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/ping') {
      if (options.ping?.() ?? true) response.end('pong\r\n');
      return;
    }
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    const answerIt = async (): Promise<void> => {
      const body = Buffer.concat(pieces);
      asked.push({ headers: request.headers, rawHeaders: request.rawHeaders, body });
      const answer = await options.script(body);
      if (answer === 'hang') return;
      if (answer === 'cut') return void request.socket.destroy();
      response.writeHead(answer.status ?? 200, { 'Content-Type': 'application/json' });
      response.end(answer.text);
    };
    request.on('end', () => void answerIt());
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Something that speaks like clamd and does what it is told; past `limit` bytes it says so and hangs up, as clamd does. */
export async function clamdServer(options: {
  readonly script: FilterScript<string>;
  readonly ping?: () => boolean;
  readonly limit?: number;
}): Promise<
  AsyncDisposable & {
    readonly address: { readonly host: string; readonly port: number };
    readonly scanned: Buffer[];
  }
> {
  const scanned: Buffer[] = [];
  const server = createTcpServer((socket) => {
    let input: Buffer = Buffer.alloc(0);
    const pieces: Buffer[] = [];
    let size = 0;
    let greeted = false;
    socket.on('error', () => undefined);
    const read = async (bytes: Buffer): Promise<void> => {
      input = Buffer.concat([input, bytes]);
      if (input.toString('latin1', 0, 6) === 'zPING\0') {
        if (options.ping?.() ?? true) socket.end('PONG\0');
        return;
      }
      if (!greeted) input = input.subarray('zINSTREAM\0'.length);
      greeted = true;
      const taken = takeChunks(input);
      input = taken.rest;
      for (const piece of taken.pieces) {
        pieces.push(piece);
        size += piece.length;
      }
      if (size > (options.limit ?? Number.POSITIVE_INFINITY)) {
        socket.end('INSTREAM size limit exceeded. ERROR\0');
        return;
      }
      if (!taken.ended) return;
      const body = Buffer.concat(pieces);
      scanned.push(body);
      const answer = await options.script(body);
      if (answer === 'cut') socket.destroy();
      else if (answer !== 'hang') socket.end(`${answer}\0`);
    };
    socket.on('data', (bytes: Buffer) => void read(bytes));
  });
  const port = await listening(server);
  return {
    address: { host: '127.0.0.1', port },
    scanned,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
      }),
  };
}

function takeChunks(input: Buffer): {
  readonly pieces: readonly Buffer[];
  readonly rest: Buffer;
  readonly ended: boolean;
} {
  const pieces: Buffer[] = [];
  let at = 0;
  while (at + 4 <= input.length) {
    const length = input.readUInt32BE(at);
    if (length === 0) return { pieces, rest: input.subarray(at + 4), ended: true };
    if (at + 4 + length > input.length) break;
    pieces.push(input.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return { pieces, rest: input.subarray(at), ended: false };
}

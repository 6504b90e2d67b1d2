/**
 * Trial without a server: serves `dist` with the policy that the real server has to send, and answers tRPC from canned mail,
 * hostile and far-eastern included. Never part of the product. `node dev/mock-server.ts [port]`
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { answer, MockRefusal } from './mock-mailbox.ts';

const PORTAL_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const DIST = join(import.meta.dirname, '..', 'dist');
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

async function body(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function trpc(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const text =
    request.method === 'POST' ? (await body(request)).toString() : url.searchParams.get('input');
  const inputs = JSON.parse(text === null || text === '' ? '{}' : text) as Record<string, unknown>;
  const paths = url.pathname.slice('/trpc/'.length).split(',');
  const results = paths.map((path, index) => {
    try {
      return { result: { data: answer(path, inputs[String(index)]) } };
    } catch (error) {
      if (!(error instanceof MockRefusal)) throw error;
      return {
        error: {
          code: -32001,
          message: error.message,
          data: {
            code: 'X',
            httpStatus: 401,
            appError: { code: error.code, message: error.message },
          },
        },
      };
    }
  });
  json(response, 200, results);
}

async function asset(response: ServerResponse, path: string): Promise<void> {
  const file = normalize(path).replace(/^(\.\.[/\\])+/, '');
  const known = extname(file) in TYPES && file !== '/index.html';
  try {
    const content = await readFile(join(DIST, known ? file : 'index.html'));
    response.writeHead(200, {
      'content-type': TYPES[known ? extname(file) : '.html'] ?? 'text/plain',
      ...(known ? {} : { 'content-security-policy': PORTAL_CSP }),
    });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname.startsWith('/trpc/')) await trpc(request, response, url);
  else if (url.pathname === '/uploads') {
    const bytes = await body(request);
    const fileName = decodeURIComponent(String(request.headers['x-file-name']));
    json(response, 200, { id: crypto.randomUUID(), fileName, size: bytes.length });
  } else if (url.pathname.startsWith('/parts/'))
    response
      .writeHead(200, {
        'content-type': 'image/svg+xml',
        'content-security-policy': "default-src 'none'; sandbox",
      })
      .end(
        '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="48"><rect width="160" height="48" fill="teal"/></svg>',
      );
  else await asset(response, url.pathname);
}

const port = Number(process.argv[2] ?? 5200);
createServer((request, response) => {
  handle(request, response).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    response.writeHead(500).end();
  });
}).listen(port, '127.0.0.1', () => process.stdout.write(`http://localhost:${port}\n`));

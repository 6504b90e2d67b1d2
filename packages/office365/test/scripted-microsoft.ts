import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log, TenantCredentials } from '@holdfast/application';
import type { TenantAdapterOptions } from '../src/http/options.ts';
import { contractFaults } from './graph-contract.ts';

/** One request as the script sees it. `path` is below the service's base, without the query. */
export interface Asked {
  readonly method: string;
  readonly service: 'login' | 'graph' | 'exchange' | 'upload';
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
}

export type Script = (asked: Asked, base: string) => Answer | undefined;

export interface ScriptedMicrosoft extends AsyncDisposable {
  readonly asked: Asked[];
  readonly pauses: number[];
  readonly options: TenantAdapterOptions;
  readonly base: string;
  now: number;
}

export const credentials: TenantCredentials = {
  tenantId: '11111111-2222-4333-8444-555555555555',
  clientId: 'client',
  proof: { kind: 'secret', secret: 'top-secret' },
};

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

/** Login, Graph and Exchange on one loopback port, answering from a script; a token is given unless the script objects. */
export async function startMicrosoft(script: Script): Promise<ScriptedMicrosoft> {
  const asked: Asked[] = [];
  const pauses: number[] = [];
  const server = createServer((request, response) => {
    void respond(request).then(({ status = 200, headers, json, text }) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(text ?? JSON.stringify(json ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;

  async function respond(request: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', base);
    const [, service = '', path = '/'] =
      /^\/(login|graph\/v1\.0|exchange|upload)(\/.*)?$/.exec(url.pathname) ?? [];
    const seen: Asked = {
      method: request.method ?? '',
      service: (service.split('/')[0] ?? '') as Asked['service'],
      path: decodeURIComponent(path),
      query: url.searchParams,
      headers: request.headers,
      body: readBody(request, Buffer.concat(chunks)),
    };
    asked.push(seen);
    const scripted = script(seen, base);
    if (scripted !== undefined) return scripted;
    if (seen.service === 'login')
      return {
        json: { access_token: `token-${asked.length}`, expires_in: 3599, token_type: 'Bearer' },
      };
    return {
      status: 404,
      json: { error: { code: 'NotFound', message: `${seen.method} ${seen.path}` } },
    };
  }

  const started: ScriptedMicrosoft = {
    asked,
    pauses,
    base,
    now: Date.UTC(2026, 10, 23),
    options: {
      loginBase: `${base}/login`,
      graphBase: `${base}/graph/v1.0`,
      exchangeBase: `${base}/exchange`,
      clock: { now: () => started.now },
      log: silent,
      wait: async (milliseconds) => {
        pauses.push(milliseconds);
      },
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      const faults = asked.filter(({ service }) => service === 'graph').flatMap(contractFaults);
      // The contract: every Graph request of every test fits Microsoft's own description.
      if (faults.length > 0) throw new Error([...new Set(faults)].join('\n'));
    },
  };
  return started;
}

function readBody(request: IncomingMessage, body: Buffer): unknown {
  const type = request.headers['content-type'] ?? '';
  if (type.includes('json')) return JSON.parse(body.toString('utf8'));
  if (type.includes('urlencoded')) return Object.fromEntries(new URLSearchParams(body.toString()));
  return body.length === 0 ? null : body;
}

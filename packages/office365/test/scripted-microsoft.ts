import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log, TenantCredentials } from '@holdfast/application';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { TenantAdapterOptions } from '../src/options.ts';

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

interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: object }>>;
  };
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const text = readFileSync(
  new URL('../schema/graph-subset.strict.openapi.json', import.meta.url),
  'utf8',
);
const description = JSON.parse(text) as Description;
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ ...JSON.parse(text), $id: 'graph' });

/** What is wrong with a Graph request by Microsoft's own description; empty when nothing is. */
export function contractFaults(
  asked: Pick<Asked, 'method' | 'path' | 'query' | 'body'>,
): readonly string[] {
  const path = Object.keys(description.paths).find((template) => matches(template, asked.path));
  const operation =
    path === undefined ? undefined : description.paths[path]?.[asked.method.toLowerCase()];
  if (path === undefined || operation === undefined)
    return [`no operation ${asked.method} ${asked.path}`];
  const known = (operation.parameters ?? [])
    .filter((one) => one.in === 'query')
    .map((one) => one.name);
  const faults = [...asked.query.keys()]
    .filter((name) => !known.includes(name))
    .map((name) => `${path} takes no ${name}`);
  const pointer = `graph#/paths/${escapePointer(path)}/${asked.method.toLowerCase()}/requestBody/content/${escapePointer('application/json')}/schema`;
  if (operation.requestBody !== undefined) {
    const validate = ajv.getSchema(pointer);
    if (validate === undefined) return [...faults, `no schema at ${pointer}`];
    if (!validate(asked.body))
      faults.push(
        ...(validate.errors ?? []).map(
          (error) => `${path}: ${error.instancePath} ${error.message}`,
        ),
      );
  }
  return faults;
}

function matches(template: string, path: string): boolean {
  const [want, have] = [template.split('/'), path.split('/')];
  return (
    want.length === have.length &&
    want.every((part, at) => part.startsWith('{') || part === have[at])
  );
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

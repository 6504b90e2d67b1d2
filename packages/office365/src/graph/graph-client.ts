import type { TenantCredentials } from '@holdfast/application';
import { z } from 'zod';
import { failureOf, graphFailure, parseJson, type ApiAnswer } from '../http/failure.ts';
import { batchGet } from './graph-batch.ts';
import { exchangeHttp, isBelow, type HttpRequest } from '../http/http-exchange.ts';
import type { TenantAdapterSettings } from '../http/options.ts';
import type { TokenSource } from '../sign-in/token-source.ts';
import { withToken } from '../http/with-token.ts';

/** Query parameters by name, `$` included. */
type GraphQuery = Readonly<Record<string, string>>;

const page = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().nullish(),
});

type GraphRequest = Omit<HttpRequest, 'headers' | 'tenant'> & {
  readonly headers?: Readonly<Record<string, string>>;
};

export interface GraphSend {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: GraphQuery;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly patient?: boolean;
  /** Asking twice changes nothing, though it is no GET. */
  readonly harmless?: boolean;
}

export interface GraphClient {
  get<T>(
    credentials: TenantCredentials,
    path: string,
    query: GraphQuery,
    schema: z.ZodType<T>,
  ): Promise<T>;
  send<T>(credentials: TenantCredentials, send: GraphSend, schema: z.ZodType<T>): Promise<T>;
  list<T>(
    credentials: TenantCredentials,
    path: string,
    query: GraphQuery,
    item: z.ZodType<T>,
    onPage?: (items: readonly T[]) => void,
  ): Promise<readonly T[]>;
  /** One page by its address below the base: 200, or 410 when Microsoft has forgotten the mark that it carries. */
  page(credentials: TenantCredentials, url: string): Promise<ApiAnswer>;
  /** The address of a collection, for `page`. */
  urlOf(path: string, query: GraphQuery): string;
  /** GETs of `paths`, 20 at a time; the answers in the order of the paths. */
  batchGet(credentials: TenantCredentials, paths: readonly string[]): Promise<readonly ApiAnswer[]>;
}

export function createGraphClient(
  settings: TenantAdapterSettings,
  tokens: TokenSource,
): GraphClient {
  async function call(credentials: TenantCredentials, request: GraphRequest): Promise<string> {
    const answer = await answerOf(credentials, request);
    if (answer.status >= 200 && answer.status < 300) return answer.text;
    throw graphFailure(answer);
  }

  const answerOf = (credentials: TenantCredentials, request: GraphRequest): Promise<ApiAnswer> =>
    withToken(tokens, credentials, 'graph', (token) =>
      exchangeHttp(settings, {
        ...request,
        tenant: credentials.tenantId,
        headers: {
          ...request.headers,
          accept: 'application/json',
          authorization: `Bearer ${token}`,
        },
      }),
    );

  async function send<T>(
    credentials: TenantCredentials,
    asked: GraphSend,
    schema: z.ZodType<T>,
  ): Promise<T> {
    const hasBody = asked.body !== undefined;
    const text = await call(credentials, {
      method: asked.method,
      url: `${settings.graphBase}${asked.path}${writeQuery(asked.query ?? {})}`,
      headers: { ...asked.headers, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
      ...(hasBody ? { body: JSON.stringify(asked.body) } : {}),
      patient: asked.patient ?? true,
      harmless: asked.harmless ?? false,
    });
    return read(schema, text, asked.path);
  }

  async function list<T>(
    credentials: TenantCredentials,
    path: string,
    query: GraphQuery,
    item: z.ZodType<T>,
    onPage?: (items: readonly T[]) => void,
  ): Promise<readonly T[]> {
    const items: T[] = [];
    const seen = new Set<string>();
    let url: string | null = `${settings.graphBase}${path}${writeQuery(query)}`;
    while (url !== null) {
      if (seen.has(url) || seen.size >= settings.limits.pages)
        throw failureOf('unexpected', `The pages of ${path} do not end.`);
      seen.add(url);
      const text: string = await call(credentials, { method: 'GET', url, patient: true });
      const { value, '@odata.nextLink': next } = read(page, text, path);
      const part = value.map((entry) => readValue(item, entry, path));
      items.push(...part);
      onPage?.(part);
      if (next && !isBelow(settings.graphBase, next))
        throw failureOf('unexpected', `${path} points to another host for its next page.`);
      url = next || null;
    }
    return items;
  }

  return {
    send,
    list,
    async page(credentials, url) {
      // Pages of a collection are read in the background, where nobody waits for them.
      const headers = { 'x-ms-throttle-priority': 'low' };
      const answer = await answerOf(credentials, { method: 'GET', url, headers, patient: true });
      if (answer.status === 200 || answer.status === 410) return answer;
      throw graphFailure(answer);
    },
    urlOf: (path, query) => `${settings.graphBase}${path}${writeQuery(query)}`,
    batchGet: (credentials, paths) => batchGet({ settings, tokens, send }, credentials, paths),
    get: (credentials, path, query, schema) =>
      send(credentials, { method: 'GET', path, query }, schema),
  };
}

/** `?$select=a,b`: names stay readable, values are encoded once. */
function writeQuery(query: GraphQuery): string {
  const parts = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`,
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function read<T>(schema: z.ZodType<T>, text: string, path: string): T {
  return readValue(schema, parseJson(text), path);
}

/** One unreadable item fails the reading: leaving it out would look like a removal. */
function readValue<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  throw failureOf('unexpected', `${path}: ${where} ${issue?.message ?? 'unreadable'}`);
}

import type { TenantCredentials } from '@holdfast/application';
import { z } from 'zod';
import { failureOf, graphFailure, parseJson, type ApiAnswer } from './failure.ts';
import { exchangeHttp, isBelow, readRetryAfter, type HttpRequest } from './http-exchange.ts';
import type { TenantAdapterSettings } from './options.ts';
import { afterOthers } from './tenant-queue.ts';
import type { TokenSource } from './token-source.ts';
import { withToken } from './with-token.ts';

/** Query parameters by name, `$` included. */
type GraphQuery = Readonly<Record<string, string>>;

/** Graph takes at most 20 requests in one batch. */
const BATCH_SIZE = 20;

const page = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().nullish(),
});

const batchBody = z.object({
  responses: z.array(
    z.object({
      id: z.coerce.string(),
      status: z.coerce.number(),
      headers: z.record(z.string(), z.coerce.string()).nullish(),
      body: z.unknown(),
    }),
  ),
});

type GraphRequest = Omit<HttpRequest, 'headers' | 'tenant'> & {
  readonly headers?: Readonly<Record<string, string>>;
};

interface GraphSend {
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

  async function batchGet(
    credentials: TenantCredentials,
    paths: readonly string[],
  ): Promise<readonly ApiAnswer[]> {
    const answers: ApiAnswer[] = [];
    for (let start = 0; start < paths.length; start += BATCH_SIZE) {
      answers.push(...(await oneBatch(credentials, paths.slice(start, start + BATCH_SIZE))));
    }
    return answers;
  }

  /** Single requests of a batch can be throttled while the batch itself is a 200: those are asked again. */
  async function oneBatch(
    credentials: TenantCredentials,
    paths: readonly string[],
  ): Promise<readonly ApiAnswer[]> {
    const answers = new Map<number, ApiAnswer>();
    for (let attempt = 1; ; attempt += 1) {
      const open = paths.map((_path, at) => at).filter((at) => !isSettled(answers.get(at)));
      const pause = Math.max(
        0,
        ...open.map(
          (at) => answers.get(at)?.retryAfter ?? (attempt > 1 ? settings.limits.firstPause : 0),
        ),
      );
      if (
        open.length === 0 ||
        attempt > settings.limits.attempts ||
        pause > settings.limits.longestPause
      )
        break;
      if (pause > 0) await settings.wait(pause);
      const requests = open.map((at) => ({ id: String(at), method: 'GET', url: paths[at] ?? '' }));
      const asked: GraphSend = {
        method: 'POST',
        path: '/$batch',
        body: { requests },
        // Twenty reads in one go are work in the background: the first to be throttled, and nobody waits for it.
        headers: { 'x-ms-throttle-priority': 'low' },
        harmless: true,
      };
      const { responses } = await afterOthers(`${settings.graphBase} ${credentials.tenantId}`, () =>
        send(credentials, asked, batchBody),
      );
      for (const response of responses) {
        answers.set(Number(response.id), readPart(response, settings.clock.now()));
      }
    }
    return paths.map(
      (path, at) =>
        answers.get(at) ?? { status: 502, text: `No answer for ${path}`, retryAfter: null },
    );
  }

  return {
    send,
    list,
    async page(credentials, url) {
      const answer = await answerOf(credentials, { method: 'GET', url, patient: true });
      if (answer.status === 200 || answer.status === 410) return answer;
      throw graphFailure(answer);
    },
    urlOf: (path, query) => `${settings.graphBase}${path}${writeQuery(query)}`,
    batchGet,
    get: (credentials, path, query, schema) =>
      send(credentials, { method: 'GET', path, query }, schema),
  };
}

function isSettled(answer: ApiAnswer | undefined): boolean {
  return (
    answer !== undefined && answer.status !== 429 && answer.status !== 503 && answer.status !== 504
  );
}

function readPart(
  response: z.infer<typeof batchBody>['responses'][number],
  now: number,
): ApiAnswer {
  const headers = Object.entries(response.headers ?? {});
  const after = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1] ?? null;
  return {
    status: response.status,
    text: JSON.stringify(response.body ?? null),
    retryAfter: readRetryAfter(after, now),
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

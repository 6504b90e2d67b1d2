import { failureOf, type ApiAnswer } from './failure.ts';
import type { TenantAdapterSettings } from './options.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** A probe wants the first answer; everything else is worth some patience. */
  readonly patient: boolean;
}

/** The service was busy and did nothing; asking again is safe whatever the method. */
const BUSY = new Set([429, 503]);

/** One request, repeated while Microsoft says that it is busy. Throws `TenantError` when there is no answer at all. */
export async function exchangeHttp(
  settings: TenantAdapterSettings,
  request: HttpRequest,
): Promise<ApiAnswer> {
  const { limits } = settings;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await once(settings, request);
    const repeatable =
      BUSY.has(answer.status) || (answer.status === 504 && request.method === 'GET');
    if (!repeatable || !request.patient || attempt >= limits.attempts) return answer;
    const pause = answer.retryAfter ?? limits.firstPause * 2 ** (attempt - 1);
    if (pause > limits.longestPause) return answer;
    settings.log.debug('office365 busy', { status: answer.status, pause, attempt });
    await settings.wait(pause);
  }
}

async function once(settings: TenantAdapterSettings, request: HttpRequest): Promise<ApiAnswer> {
  try {
    const response = await settings.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      // A redirect could carry the token to a host that nobody configured.
      redirect: 'error',
      signal: AbortSignal.timeout(settings.limits.requestTimeout),
    });
    return {
      status: response.status,
      text: await response.text(),
      retryAfter: readRetryAfter(response.headers.get('retry-after'), settings.clock.now()),
    };
  } catch (error) {
    throw failureOf('unreachable', describeNetworkError(error, new URL(request.url).host));
  }
}

/** Milliseconds, from seconds or an HTTP date (RFC 9110 §10.2.3); null when absent or unreadable. */
export function readRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  if (/^\d+(?:\.\d+)?$/.test(value.trim())) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(at - now, 0);
}

function describeNetworkError(error: unknown, host: string): string {
  if (!(error instanceof Error)) return `No answer from ${host}.`;
  const cause = error.cause instanceof Error ? error.cause.message : '';
  if (error.name === 'TimeoutError') return `No answer from ${host} in time.`;
  return `No answer from ${host}: ${cause || error.message}`;
}

/** Links in answers are followed only below the configured base: anything else could read our network. */
export function isBelow(base: string, link: string): boolean {
  if (!URL.canParse(link)) return false;
  const [root, url] = [new URL(base), new URL(link)];
  const path = root.pathname.replace(/\/+$/, '');
  return (
    url.origin === root.origin &&
    url.username === '' &&
    url.password === '' &&
    (url.pathname === path || url.pathname.startsWith(`${path}/`))
  );
}

import { randomUUID } from 'node:crypto';
import type { TenantError } from '@holdfast/application';
import { failureOf, type ApiAnswer } from './failure.ts';
import { inLane } from './lanes.ts';
import type { TenantAdapterSettings } from './options.ts';
import { hold, leftToWait, pauseNearLimit, release } from './throttle.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** A probe wants the first answer; everything else is worth some patience. */
  readonly patient: boolean;
  /** Asking twice changes nothing. A GET always is, some POSTs are: a `$batch` of GETs, a cmdlet that reads. */
  readonly harmless?: boolean;
  /** Whose limits it counts against; without a tenant nobody else waits for it. */
  readonly tenant?: string;
}

/** The service was busy and did nothing; asking again is safe whatever the method. */
const BUSY = new Set([429, 503]);
/** Something failed on the way, and nobody knows whether before or after the work was done. */
const UNCERTAIN = new Set([500, 502, 504]);

/** An answer, or why there was none. */
type Outcome =
  | { readonly answer: ApiAnswer; readonly nearLimit: number }
  | { readonly failure: TenantError; readonly late: boolean };

/**
 * One request, repeated while Microsoft says that it is busy, and after a failure on the way where asking again is
 * harmless. Throws `TenantError` when there is no answer at all.
 */
export async function exchangeHttp(
  settings: TenantAdapterSettings,
  request: HttpRequest,
): Promise<ApiAnswer> {
  const { limits } = settings;
  const mailbox = mailboxOf(settings, request);
  const scope = `${new URL(request.url).origin} ${request.tenant ?? ''} ${mailbox ?? ''}`;
  if (request.patient && request.tenant !== undefined) {
    const left = leftToWait(scope, settings.clock.now());
    if (left > limits.longestPause) return tooBusy(left);
    if (left > 0) await settings.wait(left);
  }
  // Microsoft's support finds a request by it; the same one when it is repeated.
  const headers = { ...request.headers, 'client-request-id': randomUUID() };
  for (let attempt = 1; ; attempt += 1) {
    const startedAt = settings.clock.now();
    const ask = (): Promise<Outcome> => once(settings, { ...request, headers });
    const outcome = await (mailbox === null ? ask() : inLane(scope, ask));
    const pause = pauseAfter(settings, request, outcome, attempt);
    if (request.tenant !== undefined) remember(scope, settings, outcome, startedAt);
    if (pause === null) {
      if ('failure' in outcome) throw outcome.failure;
      return outcome.answer;
    }
    const id = headers['client-request-id'];
    settings.log.debug('office365 repeats', { id, pause, attempt, after: statusOf(outcome) });
    await settings.wait(pause);
  }
}

/** Null when the outcome stands. */
function pauseAfter(
  { limits }: TenantAdapterSettings,
  request: HttpRequest,
  outcome: Outcome,
  attempt: number,
): number | null {
  const harmless = request.method === 'GET' || request.harmless === true;
  const repeatable =
    'failure' in outcome
      ? // A service that is too slow is not helped by being asked again.
        harmless && !outcome.late
      : BUSY.has(outcome.answer.status) || (harmless && UNCERTAIN.has(outcome.answer.status));
  if (!repeatable || !request.patient || attempt >= limits.attempts) return null;
  const named = 'failure' in outcome ? null : outcome.answer.retryAfter;
  const pause = named ?? limits.firstPause * 2 ** (attempt - 1);
  return pause > limits.longestPause ? null : pause;
}

/** What this outcome means for the next requests to the same tenant or mailbox. */
function remember(
  scope: string,
  settings: TenantAdapterSettings,
  outcome: Outcome,
  startedAt: number,
): void {
  if ('failure' in outcome) return;
  const { answer, nearLimit } = outcome;
  const now = settings.clock.now();
  if (answer.status === 429) hold(scope, now, answer.retryAfter ?? settings.limits.firstPause);
  else if (nearLimit > 0) hold(scope, now, nearLimit);
  else if (answer.status < 300) release(scope, startedAt);
}

async function once(settings: TenantAdapterSettings, request: HttpRequest): Promise<Outcome> {
  try {
    const response = await settings.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      // A redirect could carry the token to a host that nobody configured.
      redirect: 'error',
      signal: AbortSignal.timeout(settings.limits.requestTimeout),
    });
    const { headers } = response;
    // A gateway that answers with a page of its own is ill, whatever status it writes on it.
    const isPage = response.ok && headers.get('content-type')?.includes('text/html') === true;
    const percentage = headers.get('x-ms-throttle-limit-percentage');
    return {
      answer: {
        status: isPage ? 502 : response.status,
        text: await response.text(),
        retryAfter: readRetryAfter(headers.get('retry-after'), settings.clock.now()),
      },
      nearLimit: pauseNearLimit(percentage, settings.limits.firstPause),
    };
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    const said = describeNetworkError(error, new URL(request.url).host);
    return { failure: failureOf('unreachable', said), late };
  }
}

const tooBusy = (retryAfter: number): ApiAnswer => ({
  status: 429,
  text: JSON.stringify({
    error: { code: 'TooManyRequests', message: 'An earlier answer asked for a pause.' },
  }),
  retryAfter,
});

const statusOf = (outcome: Outcome): number | string =>
  'failure' in outcome ? outcome.failure.failure.detail : outcome.answer.status;

/** The user whose mailbox a request to Graph is about, since mailboxes have limits of their own. */
function mailboxOf(settings: TenantAdapterSettings, { url }: HttpRequest): string | null {
  if (!isBelow(settings.graphBase, url)) return null;
  const below = new URL(url).pathname.slice(new URL(settings.graphBase).pathname.length);
  return /^\/users\/([^/]+)\/./.exec(below)?.[1]?.toLowerCase() ?? null;
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

import { MessageTooBigError, type TenantCredentials } from '@holdfast/application';
import { failureOf, graphFailure, type ApiAnswer } from '../http/failure.ts';
import { exchangeHttp, isBelow, readRetryAfter } from '../http/http-exchange.ts';
import type { TenantAdapterSettings } from '../http/options.ts';
import type { TokenSource } from '../sign-in/token-source.ts';
import { withToken } from '../http/with-token.ts';

interface MailboxRequest {
  readonly method: 'GET' | 'PATCH' | 'POST';
  /** Below the base, query included; or a link of Graph's own. */
  readonly address: string;
  /** Values of `Prefer`. */
  readonly prefer: readonly string[];
  readonly body?: unknown;
}

export interface MailboxClient {
  /** 2xx, or 410; throws for everything else. */
  ask(credentials: TenantCredentials, request: MailboxRequest): Promise<ApiAnswer>;
  /** Rejects with `MessageTooBigError` as soon as there is more than `limit`. */
  bytes(credentials: TenantCredentials, address: string, limit: number): Promise<Uint8Array>;
}

/** `low` is for work in the background: the first to be throttled, and nobody waits for it (reference 2.6). */
const PRIORITY = { 'x-ms-throttle-priority': 'low' };
const IMMUTABLE = 'IdType="ImmutableId"';

/**
 * Requests to one mailbox after the other. Unlike the directory's client it never waits for a busy service: there are
 * other mailboxes to go on with, and `Retry-After` goes to the caller, who comes back for this one.
 */
export function createMailboxClient(
  settings: TenantAdapterSettings,
  tokens: TokenSource,
): MailboxClient {
  function urlOf(address: string): string {
    if (!/^https?:/i.test(address)) return `${settings.graphBase}${address}`;
    if (!isBelow(settings.graphBase, address))
      throw failureOf('unexpected', 'A mailbox points to another host for what follows.');
    return address;
  }

  return {
    async ask(credentials, { method, address, prefer, body }) {
      const url = urlOf(address);
      const answer = await withToken(tokens, credentials, 'graph', (token) =>
        exchangeHttp(settings, {
          method,
          url,
          headers: {
            ...PRIORITY,
            accept: 'application/json',
            authorization: `Bearer ${token}`,
            prefer: [IMMUTABLE, ...prefer].join(', '),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          patient: false,
          tenant: credentials.tenantId,
        }),
      );
      const isFine = answer.status >= 200 && answer.status < 300;
      if (isFine || answer.status === 410) return answer;
      throw graphFailure(answer);
    },
    async bytes(credentials, address, limit) {
      const url = urlOf(address);
      const answer = await withToken(tokens, credentials, 'graph', (token) =>
        download(
          settings,
          url,
          { ...PRIORITY, prefer: IMMUTABLE, authorization: `Bearer ${token}` },
          limit,
        ),
      );
      if (answer.bytes !== null) return answer.bytes;
      throw graphFailure(answer);
    },
  };
}

async function download(
  settings: TenantAdapterSettings,
  url: string,
  headers: Readonly<Record<string, string>>,
  limit: number,
): Promise<ApiAnswer & { readonly bytes: Uint8Array | null }> {
  try {
    const response = await settings.fetch(url, {
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(settings.limits.requestTimeout),
    });
    const retryAfter = readRetryAfter(response.headers.get('retry-after'), settings.clock.now());
    const { status } = response;
    if (status !== 200) return { status, text: await response.text(), retryAfter, bytes: null };
    return { status, text: '', retryAfter, bytes: await collect(response, limit) };
  } catch (error) {
    if (error instanceof MessageTooBigError) throw error;
    throw failureOf('unreachable', `No answer from ${new URL(url).host}: ${String(error)}`);
  }
}

/** Microsoft does not say how large a message is before it is read. */
async function collect(response: Response, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.byteLength;
    if (size > limit) {
      await response.body?.cancel().catch(() => undefined);
      throw new MessageTooBigError(size, limit);
    }
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

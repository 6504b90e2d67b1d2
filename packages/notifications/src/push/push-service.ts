import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { PushService } from '@holdfast/application';
import {
  isPublicAddress,
  readPushAnswer,
  readPushEndpoint,
  readRetryAfter,
  type PushOutcome,
} from '@holdfast/domain';
import { pinnedLookup } from './pinned-lookup.ts';
import { createVapidKeys, vapidAuthorization } from './vapid.ts';

export interface PushServiceOptions {
  /** `mailto:` or `https:`, for whoever runs the push service (RFC 8292 §2.1). */
  readonly contact: string;
  /** Origin of a push service of the operator's own, connected to wherever it is; null: none. */
  readonly trustedOrigin: string | null;
  /** All addresses of a host name. Throws when they cannot be found out now. */
  readonly addresses: (host: string) => Promise<readonly string[]>;
  readonly clock: { readonly now: () => number };
  /** One message, answer included. Milliseconds; 15 s unless told. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT = 15_000;

/**
 * Push messages without a content. Endpoints are named by devices, so by anybody: they are read as strictly as when they
 * were taken, the name is looked up once, and the connection goes to the very addresses that were found to be public.
 */
export function createPushService(options: PushServiceOptions): PushService {
  const { clock, contact, trustedOrigin } = options;
  const timeout = options.timeoutMs ?? DEFAULT_TIMEOUT;
  return {
    createKeys: createVapidKeys,
    async send({ endpoint, keys, urgency }) {
      const read = readPushEndpoint(endpoint, trustedOrigin);
      if (read === null) return { kind: 'gone', detail: 'The endpoint is none that we send to' };
      try {
        const url = new URL(read.endpoint);
        const lookup = read.isTrusted ? undefined : await publicAddresses(options, url.hostname);
        if (lookup === null)
          return { kind: 'gone', detail: `${url.hostname} is on an inner network` };
        const { origin } = read;
        const authorization = await vapidAuthorization(keys, { origin, contact, now: clock.now() });
        const answer = await post(url, {
          ...(lookup !== undefined && { lookup }),
          signal: AbortSignal.timeout(timeout),
          headers: {
            authorization,
            ttl: String(urgency.ttl),
            urgency: urgency.urgency,
            topic: urgency.topic,
            'content-length': '0',
          },
        });
        return readPushAnswer(answer.status, readRetryAfter(answer.retryAfter, clock.now()));
      } catch (error) {
        return later(error);
      }
    },
  };
}

/** Null: one of them is not public, which no push service of the internet has. */
async function publicAddresses(
  { addresses }: PushServiceOptions,
  host: string,
): Promise<LookupFunction | null> {
  const found = await addresses(host);
  if (!found.every(isPublicAddress)) return null;
  const [first, ...others] = found;
  if (first === undefined) throw new Error(`${host} has no address`);
  return pinnedLookup([first, ...others]);
}

/** The status and the one header that matters; what else comes is not waited for. Redirects are answers like others. */
function post(
  url: URL,
  options: RequestOptions,
): Promise<{ readonly status: number; readonly retryAfter: string | null }> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, method: 'POST', agent: false }, (response) => {
      resolve({
        status: response.statusCode ?? 0,
        retryAfter: response.headers['retry-after'] ?? null,
      });
      response.on('error', () => undefined);
      response.destroy();
    });
    sent.on('error', reject);
    sent.end();
  });
}

function later(error: unknown): PushOutcome {
  const isSlow = error instanceof Error && error.name === 'AbortError';
  const words = error instanceof Error ? error.message : String(error);
  return {
    kind: 'later',
    retryAfter: null,
    detail: isSlow ? 'The push service did not answer in time' : `No push service: ${words}`,
  };
}

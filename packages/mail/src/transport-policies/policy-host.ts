import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { LiveDns, PolicyHost } from '@holdfast/application';
import type { StsFetch } from '@holdfast/domain';
import { parsePolicy } from 'mailauth/lib/mta-sts.js';
import { describeError } from '../spool/file-system.ts';

export interface PolicyHostOptions {
  /** In the place of `https://mta-sts.<domain>`, which then stands in the path. Only for tests and the demo; null: none. */
  readonly base: string | null;
  /** The configured resolvers decide where the policy host is. */
  readonly dns: LiveDns;
  /** Milliseconds for all of it; RFC 8461 §3.3 allows a minute, and somebody may be waiting for the page. */
  readonly timeoutMs: number;
  /** PEM of authorities that are trusted besides the public ones; null: none. */
  readonly ca?: string | null;
}

/** RFC 8461 §3.3 suggests 64 kilobytes. Octets. */
const MOST_BYTES = 64 * 1024;
const OK = 200;
const REDIRECTS = [301, 302, 303, 307, 308];

/** Networks that no policy host of the internet is in: whoever owns the domain must not make us ask inside. */
const INSIDE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  INSIDE.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  INSIDE.addSubnet(network, prefix, 'ipv6');
}

export function isInside(address: string): boolean {
  return INSIDE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Fetches and reads the policy file as a careful sender does. */
export function createPolicyHost(options: PolicyHostOptions): PolicyHost {
  return {
    async fetch(domain) {
      const place = await findPlace(options, domain);
      if (!('url' in place)) return place;
      const answer = await get(options, place);
      return typeof answer === 'string' ? readPolicy(answer) : answer;
    },
  };
}

type Failure = Extract<StsFetch, { ok: false }>;

interface Place {
  readonly url: URL;
  /** Where to connect; null: where the name leads. */
  readonly address: string | null;
}

const failed = (failure: Failure['failure'], detail: string): Failure => ({
  ok: false,
  failure,
  detail,
});

async function findPlace(
  { base, dns }: PolicyHostOptions,
  domain: string,
): Promise<Place | Failure> {
  if (base !== null) {
    const url = new URL(`${base.replace(/\/$/, '')}/${domain}/.well-known/mta-sts.txt`);
    return { url, address: null };
  }
  const host = `mta-sts.${domain}`;
  const [v4, v6] = await Promise.all([dns.ask(host, 'A'), dns.ask(host, 'AAAA')]);
  const [address] = [...v4.values, ...v6.values];
  if (address === undefined) return failed('unreachable', `${host} has no address`);
  if (isInside(address)) return failed('unreachable', `${host} is ${address}, which is not public`);
  return { url: new URL(`https://${host}/.well-known/mta-sts.txt`), address };
}

/** The body, or why there is none. Redirects are not followed (RFC 8461 §3.3). */
function get(
  { timeoutMs, ca }: PolicyHostOptions,
  { url, address }: Place,
): Promise<string | Failure> {
  const ask = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve) => {
    const request = ask(url, {
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'text/plain' },
      agent: false,
      ...(typeof ca === 'string' ? { ca } : {}),
      ...(address === null ? {} : { lookup: lookupAt(address) }),
    });
    request.on('error', (error) => resolve(failed('unreachable', describeError(error))));
    request.on('response', (response) => {
      const refusal = refusalOf(response);
      if (refusal === null) {
        collect(response, resolve);
        return;
      }
      resolve(refusal);
      request.destroy();
    });
    request.end();
  });
}

function lookupAt(address: string): LookupFunction {
  return (_host, { all }, done) => {
    const family = isIP(address);
    if (all === true) done(null, [{ address, family }]);
    else done(null, address, family);
  };
}

function refusalOf({ statusCode = 0, headers }: IncomingMessage): Failure | null {
  const type = headers['content-type'] ?? '';
  if (REDIRECTS.includes(statusCode)) {
    return failed('redirect', `HTTP ${statusCode} to ${headers.location ?? 'nowhere'}`);
  }
  if (statusCode !== OK) return failed('unreachable', `HTTP ${statusCode}`);
  return /^text\/plain(?:\s*;|$)/i.test(type)
    ? null
    : failed('unreadable', `served as ${type || 'nothing'}, not as text/plain`);
}

function collect(response: IncomingMessage, done: (result: string | Failure) => void): void {
  let text = '';
  let size = 0;
  response.setEncoding('utf8');
  response.on('error', (error) => done(failed('unreachable', describeError(error))));
  response.on('data', (chunk: string) => {
    size += Buffer.byteLength(chunk);
    text += chunk;
    if (size <= MOST_BYTES) return;
    done(failed('unreadable', `longer than ${MOST_BYTES} bytes`));
    response.destroy();
  });
  response.on('end', () => done(text));
}

function readPolicy(text: string): StsFetch {
  try {
    const policy = parsePolicy(text, { strict: true });
    const { mode, maxAge = 0, mx = [] } = policy;
    return { ok: true, policy: { mode, maxAge, mx } };
  } catch (error) {
    return failed('unreadable', describeError(error));
  }
}

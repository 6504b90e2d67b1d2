import type { DnsAnswer, DnsLookup } from '@holdfast/application';
import { lookup as systemLookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { describeError, errorCode } from '../spool/file-system.ts';

export interface DnsLookupOptions {
  /** Resolvers as `address` or `address:port`; empty: those of the host. */
  readonly servers: readonly string[];
  /** Milliseconds for one question to one server; it is asked twice. */
  readonly timeoutMs: number;
}

/** The port, and addresses of hosts besides: the relay connects where the configured resolvers say. */
export interface HostLookup extends DnsLookup {
  /** IPv4 first, then IPv6. Names without a dot are looked for in the host's own files too. */
  addresses(host: string): Promise<DnsAnswer<readonly string[]>>;
}

const TRIES = 2;
/** Milliseconds for the question that every resolver that lives can answer. */
const SIGN_OF_LIFE = 300;
/** The name or the record does not exist; everything else proves nothing. */
const ABSENT = new Set(['ENOTFOUND', 'ENODATA', 'NXDOMAIN']);

export function createDnsLookup({ servers, timeoutMs }: DnsLookupOptions): HostLookup {
  const resolver = createResolver(servers, timeoutMs);
  return {
    mx: (domain) =>
      answer(async () => {
        const found = await resolver.resolveMx(domain);
        const records = found.map(({ exchange, priority }) => ({ exchange, preference: priority }));
        // Node's resolver does not hand out the TTL of MX records.
        return { records: records.toSorted((a, b) => a.preference - b.preference), ttl: null };
      }),
    addresses: (host) => addressesOf(resolver, host, servers.length === 0),
  };
}

/**
 * Whether any resolver answers at all. It is asked for the root, since nobody who sends mail has a say in how fast that
 * is answered.
 */
export function createSignOfLife(servers: readonly string[]): () => Promise<boolean> {
  const resolver = createResolver(servers, SIGN_OF_LIFE);
  return async () => {
    try {
      await resolver.resolveNs('.');
      return true;
    } catch (error) {
      return !isSilence(errorCode(error));
    }
  };
}

/** Nobody answered at all, not even with an error. */
export function isSilence(code: string | null): boolean {
  return code === 'ETIMEOUT' || code === 'ECONNREFUSED' || code === 'ECANCELLED';
}

export function createResolver(servers: readonly string[], timeoutMs: number): Resolver {
  const resolver = new Resolver({ timeout: timeoutMs, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
}

async function addressesOf(
  resolver: Resolver,
  host: string,
  usesHostResolvers: boolean,
): Promise<DnsAnswer<readonly string[]>> {
  const literal = host.replace(/^\[(?:IPv6:)?(.*)\]$/i, '$1');
  if (isIP(literal) !== 0) return { ok: true, value: [literal] };
  const [v4, v6] = await Promise.all([
    answer(() => resolver.resolve4(host)),
    answer(() => resolver.resolve6(host)),
  ]);
  const found = [...(v4.ok ? v4.value : []), ...(v6.ok ? v6.value : [])];
  if (found.length > 0) return { ok: true, value: found };
  // Resolvers that were configured have the last word on full names: mail of a trial must never reach the real host of
  // that name.
  if (!usesHostResolvers && host.includes('.')) return v4;
  const local = await answer(async () =>
    (await systemLookup(host, { all: true })).map(({ address }) => address),
  );
  if (local.ok) return local;
  return v4.ok ? local : v4;
}

async function answer<T>(ask: () => Promise<T>): Promise<DnsAnswer<T>> {
  try {
    return { ok: true, value: await ask() };
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    return {
      ok: false,
      failure: ABSENT.has(code) ? 'absent' : 'unavailable',
      detail: `${code}: ${describeError(error)}`,
    };
  }
}

import type { SenderPolicy } from '@holdfast/application';
import { SPF_LOOKUP_LIMIT, type AuthenticationResult } from '@holdfast/domain';
import { spf } from 'mailauth/lib/spf/index.js';
import { createResolver } from '../dns/dns-lookup.ts';

export interface SenderPolicyOptions {
  /** Resolvers as `address` or `address:port`; empty: those of the host. */
  readonly servers: readonly string[];
  /** Milliseconds for one evaluation. */
  readonly timeoutMs: number;
}

const RESULTS: readonly AuthenticationResult[] = [
  'pass',
  'fail',
  'softfail',
  'neutral',
  'none',
  'permerror',
  'temperror',
];

/** Nobody sends from there (RFC 1112 §4): the evaluation goes to the end of the record, and its cost is known. */
const NOBODY = '240.0.0.1';
/** Counting goes on past the limit, to tell how far beyond it a record is. */
const COUNT_UP_TO = 40;

export function createSenderPolicy({ servers, timeoutMs }: SenderPolicyOptions): SenderPolicy {
  const resolver = createResolver(servers, timeoutMs);
  const ask = (domain: string, ip: string, helo: string, maxResolveCount: number) =>
    spf({
      sender: `postmaster@${domain}`,
      ip,
      helo,
      mta: helo,
      maxResolveCount,
      maxElapsedTime: timeoutMs,
      resolver: async (name, type) => (await resolver.resolve(name, type)) as string[],
    });
  return {
    async spf({ domain, addresses, helo }) {
      const [whole, ...each] = await Promise.all([
        ask(domain, NOBODY, helo, COUNT_UP_TO),
        ...addresses.map((address) => ask(domain, address, helo, SPF_LOOKUP_LIMIT)),
      ]);
      return {
        results: each.map((found) => asResult(found.status.result)),
        lookups: whole.lookups?.count ?? 0,
      };
    },
  };
}

function asResult(text: string): AuthenticationResult {
  return RESULTS.find((candidate) => candidate === text) ?? 'temperror';
}

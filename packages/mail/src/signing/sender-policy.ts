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

export function createSenderPolicy({ servers, timeoutMs }: SenderPolicyOptions): SenderPolicy {
  const resolver = createResolver(servers, timeoutMs);
  return {
    spf: ({ domain, addresses, helo }) =>
      Promise.all(
        addresses.map(async (ip) => {
          const found = await spf({
            sender: `postmaster@${domain}`,
            ip,
            helo,
            mta: helo,
            maxResolveCount: SPF_LOOKUP_LIMIT,
            maxElapsedTime: timeoutMs,
            resolver: async (name, type) => (await resolver.resolve(name, type)) as string[],
          });
          return asResult(found.status.result);
        }),
      ),
  };
}

function asResult(text: string): AuthenticationResult {
  return RESULTS.find((candidate) => candidate === text) ?? 'temperror';
}

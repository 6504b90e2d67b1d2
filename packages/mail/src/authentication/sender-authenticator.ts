import type { CheckedSender, Log, SenderAuthenticator } from '@holdfast/application';
import type { AuthenticationResult, SenderAuthentication } from '@holdfast/domain';
import type { Resolver } from 'node:dns/promises';
import { type AuthenticateResult, authenticate } from 'mailauth';
import { createResolver } from '../dns/dns-lookup.ts';
import { describeError } from '../spool/file-system.ts';
import { headerFields, headerFromOf } from './header-from.ts';
import { foldValue } from './results-header.ts';

export interface SenderAuthenticatorOptions {
  /** Resolvers as `address` or `address:port`; empty: those of the host. */
  readonly resolver: { readonly servers: readonly string[] };
  /** Our name in `Authentication-Results` (RFC 8601 §2.5). */
  readonly authservId: string;
  /** Milliseconds for everything; after that the message goes on unjudged. */
  readonly budgetMs: number;
  readonly log?: Log;
}

/** A message with more is an attack on the CPU: each signature costs a hash of the body and a key operation. */
const MAX_DKIM_SIGNATURES = 10;
const RESULTS = new Set<string>([
  'pass',
  'fail',
  'softfail',
  'neutral',
  'none',
  'policy',
  'temperror',
  'permerror',
] satisfies AuthenticationResult[]);

export function createSenderAuthenticator(
  options: SenderAuthenticatorOptions,
): SenderAuthenticator {
  const { authservId, budgetMs } = options;
  const resolver = createResolver(options.resolver.servers, budgetMs);
  const unjudged = `${authservId}; auth=temperror (not evaluated)`;

  async function authenticateWhole(
    { clientIp, helo, envelopeFrom }: Parameters<SenderAuthenticator['begin']>[0],
    body: Uint8Array,
  ): Promise<CheckedSender> {
    const headerFrom = headerFromOf(body);
    const signatures = headerFields(body).filter(({ name }) => name === 'dkim-signature');
    if (signatures.length > MAX_DKIM_SIGNATURES) {
      return { authentication: null, resultsHeader: unjudged, headerFrom };
    }
    try {
      const message = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
      const evaluation = authenticate(message, {
        ip: clientIp,
        helo,
        sender: envelopeFrom,
        mta: authservId,
        resolver: (domain, type) => lookUp(resolver, domain, type),
        disableArc: true,
        disableBimi: true,
      });
      const result = await withinBudget(evaluation, budgetMs);
      const authentication = summarise(result);
      return {
        authentication,
        resultsHeader: resultsOf(result.headers, authservId) ?? unjudged,
        headerFrom: agreedFrom(headerFrom, result),
      };
    } catch (error) {
      options.log?.warn('Sender not authenticated', { error: describeError(error) });
      return { authentication: null, resultsHeader: unjudged, headerFrom };
    }
  }

  return {
    begin(facts) {
      const chunks: Uint8Array[] = [];
      return {
        take: (chunk) => void chunks.push(chunk),
        finish: () =>
          authenticateWhole(
            facts,
            chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks),
          ),
        abandon: () => void chunks.splice(0),
      };
    },
  };
}

/** Two parsers must see the same author: else a forged From could pass one and be listed by the other. */
function agreedFrom(headerFrom: string | null, result: AuthenticateResult): string | null {
  const seen = result.dkim.headerFrom;
  const same = seen.length === 1 && seen[0]?.toLowerCase() === headerFrom;
  return same ? headerFrom : null;
}

function summarise(result: AuthenticateResult): SenderAuthentication | null {
  const spf = result.spf === false ? 'none' : asResult(result.spf.status.result);
  const dkim = bestDkim(result.dkim.results.map((entry) => asResult(entry.status.result)));
  const dmarc = result.dmarc === false ? 'none' : asResult(result.dmarc.status.result);
  // Without DNS everything that was asked failed for the moment; that is no verdict.
  const proved = spf === 'pass' || dkim === 'pass' || dmarc === 'pass';
  if (dmarc === 'temperror' || (spf === 'temperror' && !proved)) return null;
  const policy = result.dmarc === false ? null : asPolicy(result.dmarc.policy);
  return { spf, dkim, dmarc, dmarcPolicy: policy };
}

/** One good signature is enough (RFC 6376 §6.1); without one the most telling failure. */
function bestDkim(results: readonly AuthenticationResult[]): AuthenticationResult {
  const order: readonly AuthenticationResult[] = [
    'pass',
    'temperror',
    'fail',
    'policy',
    'permerror',
    'neutral',
  ];
  return order.find((candidate) => results.includes(candidate)) ?? 'none';
}

function asResult(result: string): AuthenticationResult {
  if (result === 'temperr') return 'temperror';
  return RESULTS.has(result) ? (result as AuthenticationResult) : 'none';
}

function asPolicy(policy: string | undefined): SenderAuthentication['dmarcPolicy'] {
  return policy === 'none' || policy === 'quarantine' || policy === 'reject' ? policy : null;
}

/** mailauth hands out whole header fields; only the value of ours is wanted, folded again by us. */
function resultsOf(headers: string, authservId: string): string | null {
  const unfolded = headers.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const name = 'authentication-results:';
  const line = unfolded.find((candidate) => candidate.toLowerCase().startsWith(name));
  if (line === undefined) return null;
  const value = line.slice(name.length).trim();
  // RFC 8601 §2.2: "none" says that nothing was there to check.
  return foldValue(value === `${authservId};` ? `${authservId}; none` : value);
}

async function lookUp(resolver: Resolver, domain: string, type: string): Promise<string[]> {
  // mailauth's type knows TXT and addresses only; MX and PTR answers go through as Node gives them.
  return (await resolver.resolve(domain, type)) as string[];
}

async function withinBudget<T>(work: Promise<T>, budgetMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`Took longer than ${budgetMs} ms`)), budgetMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

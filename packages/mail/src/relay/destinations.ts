import type { RelayTransport } from '@holdfast/application';
import { type AttemptOutcome, domainOf } from '@holdfast/domain';
import { domainToASCII } from 'node:url';
import type { HostLookup } from '../dns/dns-lookup.ts';
import type { SmtpLogin } from './client-login.ts';
import type { TlsUse } from './client-machine.ts';
import { network } from './outcome.ts';

export type Hosts =
  | {
      readonly kind: 'hosts';
      readonly names: readonly string[];
      readonly port: number;
      readonly tls: Exclude<TlsUse, 'never'>;
      readonly login: SmtpLogin | null;
    }
  | { readonly kind: 'settled'; readonly outcome: AttemptOutcome };

export interface DestinationOptions {
  readonly primaryPort: number;
  readonly remotePort: number;
  readonly primaryTls: Exclude<TlsUse, 'never'>;
  readonly smartHost: {
    readonly host: string;
    readonly port: number;
    readonly tls: Exclude<TlsUse, 'never'>;
    readonly login: SmtpLogin | null;
  } | null;
  readonly dns: HostLookup;
}

type Input = Pick<Parameters<RelayTransport['send']>[0], 'route' | 'hosts'>;

/** Where mail of a route, and for outside mail of a domain, is offered. */
export async function findHosts(
  options: DestinationOptions,
  { route, hosts }: Input,
  domain: string,
): Promise<Hosts> {
  if (route === 'primary') {
    const { primaryPort: port, primaryTls: tls } = options;
    return { kind: 'hosts', names: hosts, port, tls, login: null };
  }
  if (options.smartHost !== null) {
    const { host, port, tls, login } = options.smartHost;
    return { kind: 'hosts', names: [host], port, tls, login };
  }
  return exchangersOf(options, domain);
}

/** RFC 5321 §5.1, RFC 7505: MX in order; without one the domain's own address; a null MX wants no mail at all. */
async function exchangersOf(options: DestinationOptions, domain: string): Promise<Hosts> {
  // Opportunistic: without DANE or MTA-STS nobody knows which name a stranger's certificate should have (RFC 7435).
  const at = (names: readonly string[]): Hosts => ({
    kind: 'hosts',
    names,
    port: options.remotePort,
    tls: 'may',
    login: null,
  });
  const answer = await options.dns.mx(domain);
  if (!answer.ok) {
    return answer.failure === 'absent'
      ? at([domain])
      : { kind: 'settled', outcome: network('dns', answer.detail) };
  }
  const names = answer.value.records
    .map((record) => record.exchange.replace(/\.$/, ''))
    .filter((name) => name !== '');
  if (names.length > 0) return at(names);
  if (answer.value.records.length === 0) return at([domain]);
  const text = `5.1.10 ${domain} accepts no mail (null MX, RFC 7505)`;
  return { kind: 'settled', outcome: { kind: 'reply', code: 556, text } };
}

/** One transaction per domain where the domain decides the host; else one for all. */
export function groupByDomain(
  single: boolean,
  recipients: readonly string[],
): readonly { readonly domain: string; readonly recipients: readonly string[] }[] {
  if (single) return [{ domain: '', recipients }];
  const groups = Map.groupBy(recipients, (recipient) => domainToASCII(domainOf(recipient)));
  return [...groups].map(([domain, members]) => ({ domain, recipients: members }));
}

/** Milliseconds that addresses of a host are remembered: a question for each message would cost more than the message. */
const ADDRESSES_REMEMBERED = 30_000;
const HOSTS_REMEMBERED = 10_000;

/** The look-up with a short memory for addresses that were found; failures are asked again at once. */
export function rememberAddresses(dns: HostLookup): HostLookup {
  const known = new Map<
    string,
    { readonly until: number; readonly answer: ReturnType<HostLookup['addresses']> }
  >();
  return {
    mx: (domain) => dns.mx(domain),
    addresses(host) {
      const now = performance.now();
      const found = known.get(host);
      if (found !== undefined && found.until > now) return found.answer;
      if (known.size >= HOSTS_REMEMBERED) known.clear();
      const answer = dns.addresses(host).then((result) => {
        if (!result.ok) known.delete(host);
        return result;
      });
      known.set(host, { until: now + ADDRESSES_REMEMBERED, answer });
      return answer;
    },
  };
}

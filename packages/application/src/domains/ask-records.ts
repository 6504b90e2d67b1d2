import {
  announcesSts,
  dmarcTreeNames,
  everyValue,
  normaliseHost,
  readDmarc,
  type DmarcReading,
  type DnsReading,
  type MxHostReading,
  type MxRecord,
  type OwnCertificate,
  type SpfWalk,
  type StsFetch,
  type TlsaReading,
} from '@holdfast/domain';
import type { LiveDns } from '../ports/live-dns.ts';
import type { Ports } from '../ports.ts';
import { walkSpf } from './walk-spf.ts';

/** Everything that DNS and the policy host say about a domain, asked at one time. */
export interface DomainRecords {
  readonly mx: DnsReading<MxRecord>;
  /** Of every host that any resolver names. */
  readonly hosts: readonly MxHostReading[];
  readonly spf: SpfWalk;
  readonly dmarc: DmarcReading;
  readonly sts: { readonly txt: DnsReading<string>; readonly fetched: StsFetch | null };
  readonly tlsRpt: DnsReading<string>;
  readonly tlsa: readonly TlsaReading[];
  readonly nameServers: readonly string[];
  readonly certificate: OwnCertificate | null;
}

/** Hosts of one domain that are looked up: more than anybody has, and no more work than that for a hostile record. */
const MOST_HOSTS = 20;
const SMTP_PORT = 25;

export async function askRecords(
  ports: Pick<Ports, 'policyHost' | 'ownCertificates'>,
  dns: LiveDns,
  domain: string,
): Promise<DomainRecords> {
  const [mx, spf, dmarc, sts, tlsRpt, ns, certificate] = await Promise.all([
    dns.ask(domain, 'MX'),
    walkSpf(dns, domain),
    askDmarc(dns, domain),
    askSts(ports, dns, domain),
    dns.ask(`_smtp._tls.${domain}`, 'TXT'),
    askNameServers(dns, domain),
    ports.ownCertificates.read(),
  ]);
  const names = [...new Set(everyValue(mx).map(({ exchange }) => normaliseHost(exchange)))]
    .filter((host) => host !== '')
    .slice(0, MOST_HOSTS);
  const [hosts, tlsa] = await Promise.all([
    Promise.all(names.map((host) => askHost(dns, host))),
    askTlsa(dns, names),
  ]);
  return { mx, hosts, spf, dmarc, sts, tlsRpt, tlsa, nameServers: ns, certificate };
}

export function askTlsa(dns: LiveDns, hosts: readonly string[]): Promise<readonly TlsaReading[]> {
  return Promise.all(
    hosts.map(async (host) => ({
      host,
      reading: await dns.ask(`_${SMTP_PORT}._tcp.${host}`, 'TLSA'),
    })),
  );
}

async function askDmarc(dns: LiveDns, domain: string): Promise<DmarcReading> {
  const readings = await Promise.all(
    dmarcTreeNames(domain).map(async (name) => ({ name, reading: await dns.ask(name, 'TXT') })),
  );
  return readDmarc(readings);
}

async function askSts(
  { policyHost }: Pick<Ports, 'policyHost'>,
  dns: LiveDns,
  domain: string,
): Promise<DomainRecords['sts']> {
  const txt = await dns.ask(`_mta-sts.${domain}`, 'TXT');
  return { txt, fetched: announcesSts(txt) ? await policyHost.fetch(domain) : null };
}

/** Of the domain, or of the zone that it lies in. */
async function askNameServers(dns: LiveDns, domain: string): Promise<readonly string[]> {
  const labels = domain.split('.');
  for (let start = 0; start < labels.length - 1; start += 1) {
    const { values } = await dns.ask(labels.slice(start).join('.'), 'NS');
    if (values.length > 0) return values.map(normaliseHost).toSorted();
  }
  return [];
}

async function askHost(dns: LiveDns, host: string): Promise<MxHostReading> {
  const [v4, v6] = await Promise.all([dns.ask(host, 'A'), dns.ask(host, 'AAAA')]);
  const addresses = [...everyValue(v4), ...everyValue(v6)];
  const alias = v4.aliases[0] ?? v6.aliases[0] ?? null;
  const silent = v4.known === 'unknown' || v6.known === 'unknown';
  const known = addresses.length > 0 ? 'found' : silent ? 'unknown' : 'absent';
  return { host, known, alias, addresses };
}

import { normaliseHost } from './domain-setup.ts';

/** Where records are entered: told by the names of the zone's servers. */
const PROVIDERS = {
  cloudflare: ['ns.cloudflare.com'],
  'route-53': [/\.awsdns-\d+\.(?:com|net|org|co\.uk)$/],
  'azure-dns': [/\.azure-dns\.(?:com|net|org|info)$/],
  'google-cloud': ['googledomains.com'],
  godaddy: ['domaincontrol.com'],
  ionos: [/\.ui-dns\.(?:com|de|org|biz)$/],
  strato: ['rzone.de', 'strato-hosting.eu'],
  ovh: ['ovh.net', 'anycast.me'],
  hetzner: ['hetzner.com', 'hetzner.de', 'first-ns.de', 'second-ns.de', 'second-ns.com'],
  namecheap: ['registrar-servers.com'],
  gandi: ['gandi.net'],
  digitalocean: ['digitalocean.com'],
  squarespace: ['squarespacedns.com'],
  'microsoft-365': ['bdm.microsoftonline.com'],
  inwx: ['inwx.de', 'inwx.eu', 'inwx.com'],
  transip: ['transip.net', 'transip.nl', 'transip.eu'],
  dnsimple: ['dnsimple.com', 'dnsimple-edge.net', 'dnsimple-edge.com'],
  ns1: ['nsone.net'],
  wix: ['wixdns.net'],
} as const satisfies Readonly<Record<string, readonly (string | RegExp)[]>>;

export type DnsProvider = keyof typeof PROVIDERS;

/** Null: none that is known here. */
export function dnsProviderOf(nameServers: readonly string[]): DnsProvider | null {
  const names = nameServers.map((name) => `.${normaliseHost(name)}`);
  for (const [provider, patterns] of Object.entries(PROVIDERS)) {
    const matches = (name: string): boolean =>
      patterns.some((pattern: string | RegExp) =>
        typeof pattern === 'string' ? name.endsWith(`.${pattern}`) : pattern.test(name),
      );
    if (names.some(matches)) return provider as DnsProvider;
  }
  return null;
}

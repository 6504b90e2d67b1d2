import type { DomainView } from '../vocabulary.ts';

type Provider = NonNullable<DomainView['provider']>;

/** Where records are entered at common providers, in words: menus move, their names seldom do. */
export const domainProviders = {
  title: 'Where to enter them',
  recognised: (name: string) => `The domain’s name servers are at ${name}.`,
  unknown:
    'The provider is not one we recognise. Look for “DNS”, “DNS records” or “Zone” where the domain is managed.',
  servers: 'Name servers:',
  name: {
    cloudflare: 'Cloudflare',
    'route-53': 'Amazon Route 53',
    'azure-dns': 'Azure DNS',
    'google-cloud': 'Google Cloud DNS or Squarespace Domains',
    godaddy: 'GoDaddy',
    ionos: 'IONOS',
    strato: 'Strato',
    ovh: 'OVHcloud',
    hetzner: 'Hetzner',
    namecheap: 'Namecheap',
    gandi: 'Gandi',
    digitalocean: 'DigitalOcean',
    squarespace: 'Squarespace',
    'microsoft-365': 'Microsoft 365',
    inwx: 'INWX',
    transip: 'TransIP',
    dnsimple: 'DNSimple',
    ns1: 'NS1',
    wix: 'Wix',
  } satisfies Record<Provider, string>,
  hint: {
    cloudflare:
      'Choose the domain, then DNS, Records. Name is @ for the domain itself, TTL a fixed value instead of Auto. Switch Email Routing off first: it puts MX records of its own and locks them.',
    'route-53':
      'Hosted zones, the domain, then the MX record set. It is one set: write all hosts into its value, one a line, priority first (“10 host”). Leave the record name empty.',
    'azure-dns':
      'DNS zones, the domain, Recordsets. All MX hosts are one record set named @; edit it instead of adding another.',
    'google-cloud':
      'Google Cloud: Network services, Cloud DNS, the zone; all hosts are one MX record set, each value “10 host.” with a dot at its end. Squarespace: Domains, the domain, DNS settings, and remove the preset for e-mail first.',
    godaddy:
      'My Products, Domains, DNS. Name is @. Delete the MX records that are there, also those of Office 365.',
    ionos:
      'Domains & SSL, the domain, DNS. Choose “Mail exchanger” as other mail servers: the preset MX records of IONOS must go.',
    strato:
      'Domain administration, the gear of the domain, DNS, MX record: choose “own mail servers”, then enter the hosts.',
    ovh: 'Web Cloud, Domain names, the domain, DNS zone. Leave the subdomain empty and end the target with a dot.',
    hetzner:
      'DNS console, the zone, Records. Name is @, and a host of another domain must end with a dot, or the zone is put behind it.',
    namecheap:
      'Domain List, Manage, Advanced DNS. Set Mail Settings to “Custom MX” first, else the MX records cannot be edited. Host is @.',
    gandi: 'Domain, the name, DNS Records. Name is @, and the host must end with a dot.',
    digitalocean:
      'Networking, Domains, the domain, MX. Hostname is @, and the host must end with a dot.',
    squarespace:
      'Domains, the domain, DNS Settings. Remove the preset for e-mail first; host is @.',
    'microsoft-365':
      'Microsoft 365 hosts the zone itself: its MX record cannot be changed in the admin centre. Move the name servers to a provider that lets you enter records.',
    inwx: 'Nameservers, the domain. Name stays empty or is the domain itself.',
    transip:
      'Domains, the domain, DNS. Name is @; switch “TransIP settings” off first, else the records are locked.',
    dnsimple: 'The domain, DNS, Record editor. Name stays empty.',
    ns1: 'Zones, the domain, the MX record. All hosts are answers of one record.',
    wix: 'Domains, the domain, Manage DNS records, MX. Choose “Other” as the mail provider first; host name stays empty.',
  } satisfies Record<Provider, string>,
};

import { expect, test } from 'vitest';
import { dnsProviderOf } from './dns-provider.ts';

test.each([
  [['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'], 'cloudflare'],
  [['ns-1.awsdns-01.co.uk.'], 'route-53'],
  [['NS1-03.AZURE-DNS.COM'], 'azure-dns'],
  [['ns1.domaincontrol.com'], 'godaddy'],
  [['docks07.rzone.de'], 'strato'],
  [['ns1.cloudflare.com.evil.example'], null],
  [[], null],
] as const)('%j is at %s', (names, provider) => {
  expect(dnsProviderOf(names)).toBe(provider);
});

import { expect, test } from 'vitest';
import { dnsServer, type TestZone } from '../testing/dns-server.ts';
import { createSenderPolicy } from './sender-policy.ts';

async function ask(zone: TestZone, addresses: readonly string[]) {
  await using dns = await dnsServer(zone);
  const policy = createSenderPolicy({ servers: [dns.server], timeoutMs: 2000 });
  return await policy.spf({ domain: 'contoso.example', addresses, helo: 'mx1.holdfast.example' });
}

test('SPF is asked for each of our addresses, through the configured resolvers', async () => {
  const txt = {
    'contoso.example': ['v=spf1 ip4:203.0.113.25 include:spf.example -all', 'other=1'],
    'spf.example': ['v=spf1 ip4:198.51.100.0/24 ~all'],
  };
  expect(await ask({ txt }, ['203.0.113.25', '198.51.100.7', '192.0.2.1'])).toEqual([
    'pass',
    'pass',
    'fail',
  ]);
});

test('a record that costs more questions than allowed is invalid', async () => {
  const names = Array.from({ length: 12 }, (_, position) => `s${position}.example`);
  const txt = {
    'contoso.example': [
      `v=spf1 ${names.map((name) => `include:${name}`).join(' ')} ip4:203.0.113.25 -all`,
    ],
    ...Object.fromEntries(names.map((name) => [name, ['v=spf1 ip4:192.0.2.9 ~all']])),
  };
  expect(await ask({ txt }, ['203.0.113.25'])).toEqual(['permerror']);
});

test('two records are invalid, none is none, and silence proves nothing', async () => {
  const two = { txt: { 'contoso.example': ['v=spf1 -all', 'v=spf1 ip4:203.0.113.25 -all'] } };
  expect(await ask(two, ['203.0.113.25'])).toEqual(['permerror']);
  expect(await ask({}, ['203.0.113.25'])).toEqual(['none']);
  const failing = { failing: ['*'] };
  expect(await ask(failing, ['203.0.113.25'])).toEqual(['temperror']);
});

import { expect, test } from 'vitest';
import { dnsServer } from '../testing/dns-server.ts';
import { createDnsLookup } from './dns-lookup.ts';

const ZONE = {
  mx: {
    'two.example': [
      [20, 'b.two.example'],
      [10, 'a.two.example'],
    ],
    'none.example': [[0, '']],
  },
  a: { 'a.two.example': ['192.0.2.1', '192.0.2.2'], 'bare.example': ['192.0.2.3'] },
  failing: ['broken.example'],
} as const;

test('answers come from the configured resolver, the most preferred exchanger first', async () => {
  await using dns = await dnsServer(ZONE);
  const lookup = createDnsLookup({ servers: [dns.server], timeoutMs: 2000 });
  expect(await lookup.mx('two.example')).toEqual({
    ok: true,
    value: {
      records: [
        { exchange: 'a.two.example', preference: 10 },
        { exchange: 'b.two.example', preference: 20 },
      ],
      ttl: null,
    },
  });
  expect(await lookup.mx('none.example')).toMatchObject({
    value: { records: [{ exchange: '', preference: 0 }] },
  });
  expect(await lookup.addresses('a.two.example')).toEqual({
    ok: true,
    value: ['192.0.2.1', '192.0.2.2'],
  });
});

test('what does not exist is told from what could not be learnt', async () => {
  await using dns = await dnsServer({ ...ZONE, silent: ['mute.example'] });
  const lookup = createDnsLookup({ servers: [dns.server], timeoutMs: 50 });
  expect(await lookup.mx('gone.example')).toMatchObject({ ok: false, failure: 'absent' });
  expect(await lookup.mx('bare.example')).toMatchObject({ ok: false, failure: 'absent' });
  expect(await lookup.mx('broken.example')).toMatchObject({ ok: false, failure: 'unavailable' });
  expect(await lookup.mx('mute.example')).toMatchObject({ ok: false, failure: 'unavailable' });
});

test('a name that the configured resolver does not know is not asked for elsewhere', async () => {
  await using dns = await dnsServer(ZONE);
  const lookup = createDnsLookup({ servers: [dns.server], timeoutMs: 2000 });
  expect(await lookup.addresses('localhost.localdomain')).toMatchObject({ failure: 'absent' });
  expect(await lookup.addresses('localhost')).toMatchObject({ ok: true });
});

test('an address needs no question', async () => {
  const lookup = createDnsLookup({ servers: ['127.0.0.1:9'], timeoutMs: 50 });
  expect(await lookup.addresses('192.0.2.7')).toEqual({ ok: true, value: ['192.0.2.7'] });
  expect(await lookup.addresses('[IPv6:2001:db8::1]')).toEqual({
    ok: true,
    value: ['2001:db8::1'],
  });
});

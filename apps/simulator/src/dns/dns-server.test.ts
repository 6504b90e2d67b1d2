import { createSocket } from 'node:dgram';
import dnsPacket, { type DecodedPacket, type RecordType } from 'dns-packet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Client } from '../testing.ts';
import { startSimulator, type Simulator } from '../start-simulator.ts';

let simulator: Simulator;
let client: Client;
beforeEach(async () => {
  simulator = await startSimulator({ sampleDays: 0 });
  client = new Client(simulator);
});
afterEach(() => simulator.stop());

/** Long enough for an answer on the loopback, short enough to wait for none. Milliseconds. */
const PATIENCE = 300;
const name = 'contoso.example';

function ask(port: number, asked: string, type: RecordType): Promise<DecodedPacket | null> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    const finish = (packet: DecodedPacket | null): void => {
      clearTimeout(timer);
      socket.close();
      resolve(packet);
    };
    const timer = setTimeout(() => finish(null), PATIENCE);
    socket.on('message', (message) => finish(dnsPacket.decode(message)));
    const questions = [{ name: asked, type, class: 'IN' as const }];
    const query = dnsPacket.encode({ type: 'query', id: 7, questions });
    socket.send(query, port, '127.0.0.1');
  });
}

const rcode = (packet: DecodedPacket | null): number => (packet?.flags ?? 0) & 15;

describe('the name server', () => {
  test('puts an alias and what stands behind it into one answer, with its own TTLs', async () => {
    const chain = [
      ['www.contoso.example', 'CNAME', ['mail.contoso.example'], 30],
      ['mail.contoso.example', 'A', ['127.0.0.1'], 600],
    ] as const;
    for (const [owner, type, values, ttl] of chain) {
      await client.control('/dns', { name: owner, type, values, ttl });
    }
    const reply = await ask(simulator.dnsPort, 'www.contoso.example', 'A');
    expect(reply?.answers).toMatchObject([
      { type: 'CNAME', ttl: 30, data: 'mail.contoso.example' },
      { type: 'A', ttl: 600, data: '127.0.0.1' },
    ]);
    expect(reply?.flag_aa).toBe(true);
  });

  test('gives TLSA records with the AD flag where DNSSEC is pretended, and NS', async () => {
    const tlsa = { usage: 3, selector: 1, matchingType: 1, data: 'ab'.repeat(32) };
    const owner = '_25._tcp.mx1.holdfast.example';
    const record = { name: owner, type: 'TLSA', values: [tlsa] };
    await client.control('/dns', record);
    expect((await ask(simulator.dnsPort, owner, 'TLSA'))?.flag_ad).toBe(false);
    await client.control('/dns', { ...record, signed: true });
    const signed = await ask(simulator.dnsPort, owner, 'TLSA');
    expect(signed?.flag_ad).toBe(true);
    expect(signed?.answers).toMatchObject([{ type: 'TLSA', data: { usage: 3 } }]);
    expect((await ask(simulator.dnsPort, name, 'NS'))?.answers).toHaveLength(2);
  });

  test('fails, refuses or keeps silent for a name when told so', async () => {
    for (const [fault, expected] of [
      ['servfail', 2],
      ['refused', 5],
    ] as const) {
      await client.control('/dns/fault', { name, fault });
      expect(rcode(await ask(simulator.dnsPort, name, 'MX'))).toBe(expected);
    }
    await client.control('/dns/fault', { name, fault: 'silent' });
    expect(await ask(simulator.dnsPort, name, 'MX')).toBeNull();
    await client.control('/dns/fault', { name, fault: null });
    expect((await ask(simulator.dnsPort, name, 'MX'))?.answers).toHaveLength(1);
  });

  test('has a second resolver, which still has what it cached', async () => {
    const old = { name, type: 'MX', values: ['old.example'], ttl: 12, resolver: 'second' };
    await client.control('/dns', old);
    await client.control('/dns', { name, type: 'MX', values: ['new.example'] });
    const [first, second] = await Promise.all(
      [simulator.dnsPort, simulator.secondDnsPort].map((port) => ask(port, name, 'MX')),
    );
    expect(first?.answers).toMatchObject([{ ttl: 60, data: { exchange: 'new.example' } }]);
    expect(second?.answers).toMatchObject([{ ttl: 12, data: { exchange: 'old.example' } }]);
    expect([first?.flag_aa, second?.flag_aa, second?.flag_ra]).toEqual([true, false, true]);
    await client.control('/dns/fault', { name: '*', fault: 'silent', resolver: 'second' });
    expect(await ask(simulator.secondDnsPort, 'anything.example', 'A')).toBeNull();
  });
});

test('a policy host serves what it is told, redirects among it', async () => {
  const url = `${simulator.mtaStsBase}/${name}/.well-known/mta-sts.txt`;
  expect((await fetch(url)).status).toBe(404);
  const body = 'version: STSv1\nmode: enforce\nmx: mx1.holdfast.example\nmax_age: 86400\n';
  await client.control('/mta-sts', { domain: name, body });
  const served = await fetch(url);
  expect(served.headers.get('content-type')).toContain('text/plain');
  expect(await served.text()).toBe(body);
  await client.control('/mta-sts', { domain: name, body, status: 301, location: '/elsewhere' });
  expect((await fetch(url, { redirect: 'manual' })).status).toBe(301);
});

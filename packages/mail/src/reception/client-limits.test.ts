import { parseIpRange } from '@holdfast/domain';
import { expect, test } from 'vitest';
import {
  ClientLimits,
  networkOf,
  type AdmittedClient,
  type ClientLimitSettings,
} from './client-limits.ts';

const WIDE: ClientLimitSettings = {
  maxConnections: 1000,
  maxConnectionsPerClient: 1000,
  maxConnectionsPerNetwork: 1000,
  connectionsPerMinute: 1000,
  messagesPerMinute: 1000,
  recipientsPerMinute: 1000,
  unknownRecipientsPerMinute: 1000,
  unlimited: [],
};

function admitted(limits: ClientLimits, ip: string, now = 0): AdmittedClient {
  const client = limits.connect(ip, now);
  if ('reason' in client) throw new Error(`not admitted: ${client.reason}`);
  return client;
}

function reasonOf(limits: ClientLimits, ip: string, now = 0): string | null {
  const client = limits.connect(ip, now);
  return 'reason' in client ? client.reason : null;
}

test('one address has so many connections at once, and a place again when one ends', () => {
  const limits = new ClientLimits({ ...WIDE, maxConnectionsPerClient: 2 });
  const first = admitted(limits, '192.0.2.1');
  admitted(limits, '192.0.2.1');
  expect(reasonOf(limits, '192.0.2.1')).toBe('client-connections');
  expect(reasonOf(limits, '192.0.2.2')).toBeNull();
  first.release();
  expect(reasonOf(limits, '192.0.2.1')).toBeNull();
});

test.each([
  ['192.0.2.1', '192.0.2.77', '192.0.3.1'],
  ['2001:db8::1', '2001:db8::ffff:1', '2001:db8:0:1::1'],
])('the network of %s has so many: %s is in it, %s is not', (first, same, other) => {
  const limits = new ClientLimits({ ...WIDE, maxConnectionsPerNetwork: 1 });
  const client = admitted(limits, first);
  expect(reasonOf(limits, same)).toBe('network-connections');
  expect(reasonOf(limits, other)).toBeNull();
  client.release();
  expect(reasonOf(limits, same)).toBeNull();
});

test('everywhere together there are so many, the unlimited too', () => {
  const unlimited = [parseIpRange('127.0.0.0/8')].filter((range) => range !== null);
  const limits = new ClientLimits({ ...WIDE, maxConnections: 1, unlimited });
  const client = admitted(limits, '127.0.0.1');
  expect(reasonOf(limits, '127.0.0.1')).toBe('connections');
  client.release();
  expect(limits.open).toBe(0);
});

test('a rate allows a minute’s worth at once, and goes on at its pace', () => {
  const limits = new ClientLimits({ ...WIDE, connectionsPerMinute: 60 });
  for (let count = 0; count < 60; count += 1) admitted(limits, '192.0.2.1', 0).release();
  expect(reasonOf(limits, '192.0.2.1', 999)).toBe('connection-rate');
  expect(reasonOf(limits, '192.0.2.1', 1001)).toBeNull();
  expect(reasonOf(limits, '192.0.2.1', 1002)).toBe('connection-rate');
});

test('messages and recipients have rates, over all connections of an address', () => {
  const limits = new ClientLimits({ ...WIDE, messagesPerMinute: 2, recipientsPerMinute: 3 });
  const [one, two] = [admitted(limits, '192.0.2.1'), admitted(limits, '192.0.2.1')];
  expect([one.message(0), two.message(0)]).toEqual([null, null]);
  expect(one.message(0)).toMatchObject({ reason: 'message-rate', reply: { code: 450 } });
  expect([one, two, one].map((client) => client.recipient(0))).toEqual([null, null, null]);
  expect(two.recipient(0)).toMatchObject({ reason: 'recipient-rate', reply: { code: 450 } });
  expect(admitted(limits, '192.0.2.2').message(0)).toBeNull();
});

test('who asks for many that do not exist is told to go away', () => {
  const limits = new ClientLimits({ ...WIDE, unknownRecipientsPerMinute: 2 });
  const client = admitted(limits, '192.0.2.1');
  client.unknownRecipient(0);
  expect(client.recipient(0)).toBeNull();
  client.unknownRecipient(0);
  expect(client.recipient(0)).toMatchObject({ reason: 'unknown-recipients', reply: { code: 421 } });
  expect(client.recipient(30_001)).toBeNull();
});

test('networks are told apart', () => {
  expect(networkOf('198.51.100.7')).toBe('198.51.100');
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:db8:1:2::9'));
});

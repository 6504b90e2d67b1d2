import { parseIpRange, type IpRange } from '@holdfast/domain';
import type { SessionFacts } from '@holdfast/application';
import { afterEach, describe, expect, test } from 'vitest';
import { testLimits, testReception } from '../testing/reception.ts';
import { rawClient, type RawClient } from '../testing/smtp-client.ts';
import type { SmtpReceptionOptions } from './smtp-reception.ts';

const open: { readonly stop: () => Promise<void>; readonly clients: RawClient[] }[] = [];

afterEach(async () => {
  for (const { clients, stop } of open.splice(0)) {
    for (const client of clients) client.destroy();
    await stop();
  }
});

const LOOPBACK: readonly IpRange[] = [parseIpRange('127.0.0.1')].filter((range) => range !== null);

/** The loopback is a stranger here. */
async function mx(options: Partial<SmtpReceptionOptions> = {}) {
  const seen: SessionFacts[] = [];
  const reasons: string[] = [];
  const made = await testReception(
    {
      mailFrom: (session) => {
        seen.push(session);
        return null;
      },
    },
    {
      limits: testLimits,
      greetingDelay: 20,
      refused: (reason) => reasons.push(reason),
      ...options,
    },
  );
  const clients: RawClient[] = [];
  open.push({ stop: () => made.reception.stop(), clients });
  async function connect(): Promise<RawClient> {
    const client = await rawClient(made.port);
    clients.push(client);
    return client;
  }
  return { ...made, seen, reasons, connect };
}

async function mailFrom(client: RawClient): Promise<void> {
  expect(await client.say('EHLO client.example')).toMatch(/^250/);
  expect(await client.say('MAIL FROM:<a@outside.example>')).toMatch(/^250/);
}

describe('the greeting', () => {
  test('is not given to who speaks before it', async () => {
    const { connect, reasons } = await mx({ greetingDelay: 60_000 });
    const client = await connect();
    client.write('EHLO bot.example\r\n');
    expect(await client.reply()).toMatch(/^521 5\.5\.1/);
    await client.closed;
    expect(reasons).toEqual(['early-talker']);
  });

  test('is waited for once: who behaved is greeted at once the next time', async () => {
    const { connect } = await mx();
    const first = await connect();
    expect(await first.reply()).toMatch(/^220/);
    await mailFrom(first);
    const second = await connect();
    // An unknown client would be refused for it: nothing is read before a greeting that is given at once.
    second.write('EHLO client.example\r\n');
    expect(await second.reply()).toMatch(/^220/);
    expect(await second.reply()).toMatch(/^250/);
  });
});

describe('PROXY', () => {
  test('says whose connection it is, from a listed balancer', async () => {
    const { connect, seen } = await mx({ proxies: LOOPBACK });
    const client = await connect();
    client.write('PROXY TCP4 192.0.2.7 198.51.100.2 4321 25\r\n');
    expect(await client.reply()).toMatch(/^220/);
    await mailFrom(client);
    expect(seen[0]?.clientIp).toBe('192.0.2.7');
  });

  test('is required of it', async () => {
    const { connect, reasons } = await mx({ proxies: LOOPBACK });
    const client = await connect();
    client.write('EHLO client.example\r\n');
    expect(await client.reply()).toMatch(/^421/);
    await client.closed;
    expect(reasons).toEqual(['proxy-header']);
  });

  test('hides no early talker', async () => {
    const { connect } = await mx({ proxies: LOOPBACK });
    const client = await connect();
    client.write('PROXY TCP4 192.0.2.7 198.51.100.2 4321 25\r\nEHLO bot.example\r\n');
    expect(await client.reply()).toMatch(/^521/);
  });

  test('is a command like any other from everybody else', async () => {
    const { connect, seen } = await mx();
    const client = await connect();
    await client.reply();
    expect(await client.say('PROXY TCP4 192.0.2.7 198.51.100.2 4321 25')).toMatch(/^500/);
    await mailFrom(client);
    expect(seen[0]?.clientIp).toBe('127.0.0.1');
  });

  test('limits whom it names', async () => {
    const limits = { ...testLimits, maxConnectionsPerClient: 1 };
    const { connect } = await mx({ proxies: LOOPBACK, limits });
    const replies: string[] = [];
    for (const ip of ['192.0.2.7', '192.0.2.8', '192.0.2.7']) {
      const client = await connect();
      client.write(`PROXY TCP4 ${ip} 198.51.100.2 4321 25\r\n`);
      replies.push((await client.reply()).slice(0, 3));
    }
    expect(replies).toEqual(['220', '220', '421']);
  });
});

describe('XCLIENT', () => {
  test('is offered to listed hosts, which then speak for another', async () => {
    const { connect, seen } = await mx({ xclients: LOOPBACK });
    const client = await connect();
    await client.reply();
    expect(await client.say('EHLO filter.example')).toContain('XCLIENT');
    const reply = await client.say(
      'XCLIENT ADDR=IPV6:2001:db8::7 NAME=[UNAVAILABLE] HELO=real.example',
    );
    expect(reply).toMatch(/^220/);
    await mailFrom(client);
    expect(seen[0]).toMatchObject({ clientIp: '2001:db8::7', helo: 'real.example' });
  });

  test('with an address that is none is refused', async () => {
    const { connect } = await mx({ xclients: LOOPBACK });
    const client = await connect();
    await client.reply();
    await client.say('EHLO filter.example');
    expect(await client.say('XCLIENT ADDR=nonsense')).toMatch(/^501/);
  });

  test('is neither offered to others nor believed', async () => {
    const { connect, seen } = await mx();
    const client = await connect();
    await client.reply();
    expect(await client.say('EHLO client.example')).not.toContain('XCLIENT');
    expect(await client.say('XCLIENT ADDR=192.0.2.7')).toMatch(/^550 5\.7\.0/);
    await mailFrom(client);
    expect(seen[0]?.clientIp).toBe('127.0.0.1');
  });
});

describe('rates', () => {
  test('too many messages and recipients are told to come later, and counted', async () => {
    const limits = { ...testLimits, messagesPerMinute: 1, recipientsPerMinute: 1 };
    const { connect, reasons } = await mx({ limits });
    const client = await connect();
    await client.reply();
    await mailFrom(client);
    expect(await client.say('RCPT TO:<a@contoso.example>')).toMatch(/^250/);
    expect(await client.say('RCPT TO:<b@contoso.example>')).toMatch(/^450 4\.7\.1/);
    await client.say('RSET');
    expect(await client.say('MAIL FROM:<a@outside.example>')).toMatch(/^450 4\.7\.1/);
    expect(reasons).toEqual(['recipient-rate', 'message-rate']);
  });

  test('a place is free again when a connection ends', async () => {
    const { connect } = await mx({ limits: { ...testLimits, maxConnectionsPerClient: 1 } });
    const first = await connect();
    expect(await first.reply()).toMatch(/^220/);
    await first.say('QUIT');
    let reply = '';
    // The server sees the end of the first a moment after the client does.
    while (!reply.startsWith('220')) reply = await (await connect()).reply();
  });
});

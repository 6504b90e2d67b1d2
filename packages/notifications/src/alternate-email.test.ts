import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createAlternateEmailSender,
  messageIdOf,
  type AlternateEmailOptions,
} from './alternate-email.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

interface Peer {
  readonly port: number;
  readonly lines: string[];
}

/** A mail server that answers RCPT with what it is told, and takes the rest. */
async function peer(rcpt: string): Promise<Peer> {
  const lines: string[] = [];
  const server = createServer((socket) => {
    let data = false;
    socket.write('220 peer.example ESMTP\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const line of chunk
        .toString('utf8')
        .split('\r\n')
        .filter((one) => one !== '')) {
        lines.push(line);
        if (data) {
          if (line === '.') socket.write('250 2.0.0 queued\r\n');
          data = line !== '.';
        } else if (/^RCPT/i.test(line)) socket.write(`${rcpt}\r\n`);
        else if (/^DATA/i.test(line)) {
          data = true;
          socket.write('354 go\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, lines };
}

const mx =
  (...hosts: string[]): AlternateEmailOptions['dns']['mx'] =>
  async () => ({
    ok: true,
    value: { records: hosts.map((exchange, preference) => ({ exchange, preference })), ttl: 60 },
  });
/** Every address is its own; `mail.private.example` is here; nothing else is known. */
const addresses: AlternateEmailOptions['dns']['addresses'] = async (host) => {
  if (host === 'mail.private.example') return { ok: true, value: ['127.0.0.2', '127.0.0.1'] };
  if (/^[\d.]+$/.test(host)) return { ok: true, value: [host] };
  return { ok: false, failure: 'absent', detail: 'ENOTFOUND' };
};
const options = (
  port: number,
  change: Partial<AlternateEmailOptions> = {},
): AlternateEmailOptions => ({
  from: 'Holdfast <notices@holdfast.example>',
  helo: 'out.holdfast.example',
  smartHost: { host: '127.0.0.1', port },
  port,
  dns: { mx: mx(), addresses },
  timeouts: { connect: 2000, greeting: 2000, idle: 2000 },
  ...change,
});
const message = {
  to: 'Ann@Private.example',
  subject: 'Office 365 works again',
  text: 'plain words',
  html: '<p>rich words</p>',
  reference: 'notice-1',
};

describe('mail to a private address', () => {
  it('is multipart, marked as automatic, and has a Message-ID that a repeat shares', async () => {
    const { port, lines } = await peer('250 ok');
    const sender = createAlternateEmailSender(options(port));
    const first = await sender.send(message);
    expect(first).toEqual({ ok: true, reference: messageIdOf('notice-1', 'out.holdfast.example') });
    expect(await sender.send(message)).toEqual(first);
    const text = lines.join('\n');
    expect(text).toContain('EHLO out.holdfast.example');
    expect(text).toContain('RCPT TO:<ann@private.example>');
    expect(text).toContain('Auto-Submitted: auto-generated');
    expect(text).toContain('Content-Type: multipart/alternative');
    expect(text).toContain('plain words');
    expect(text).toContain('<p>rich words</p>');
    expect(lines.filter((line) => /^Message-ID: /i.test(line))).toHaveLength(2);
    expect(messageIdOf('notice-2', 'out.holdfast.example')).not.toBe(
      messageIdOf('notice-1', 'out.holdfast.example'),
    );
  });

  it.each([
    ['550 5.1.1 no such user', true],
    ['553 5.7.1 not wanted', true],
    ['451 4.7.1 greylisted', false],
    ['421 4.3.2 closing', false],
  ])('%s: permanent %s', async (rcpt, permanent) => {
    const { port } = await peer(rcpt);
    expect(await createAlternateEmailSender(options(port)).send(message)).toMatchObject({
      ok: false,
      permanent,
    });
  });

  it('goes to the MX in order of preference, and past one that is not there', async () => {
    const { port, lines } = await peer('250 ok');
    const sender = createAlternateEmailSender(
      options(port, { smartHost: null, dns: { mx: mx('127.0.0.2', '127.0.0.1.'), addresses } }),
    );
    expect(await sender.send(message)).toMatchObject({ ok: true });
    expect(lines.some((line) => line.startsWith('RCPT'))).toBe(true);
  });

  it('finds the host through the configured resolvers alone, and tries each of its addresses', async () => {
    const { port, lines } = await peer('250 ok');
    const sender = createAlternateEmailSender(
      options(port, { smartHost: null, dns: { mx: mx('mail.private.example.'), addresses } }),
    );
    expect(await sender.send(message)).toMatchObject({ ok: true });
    expect(lines.some((line) => line.startsWith('RCPT'))).toBe(true);
    const known = createAlternateEmailSender(
      options(port, { smartHost: null, dns: { mx: mx('localhost'), addresses } }),
    );
    expect(await known.send(message)).toEqual({
      ok: false,
      permanent: false,
      detail: 'localhost: ENOTFOUND',
    });
  });

  it('nobody there is temporary', async () => {
    expect(await createAlternateEmailSender(options(1)).send(message)).toMatchObject({
      ok: false,
      permanent: false,
    });
  });

  it.each([
    ['a null MX (RFC 7505)', mx('.'), true],
    [
      'no answer from DNS',
      async () => ({ ok: false, failure: 'unavailable', detail: 'SERVFAIL' }) as const,
      false,
    ],
  ] as const)('%s: permanent %s', async (_name, resolveMx, permanent) => {
    const sender = createAlternateEmailSender(
      options(1, { smartHost: null, dns: { mx: resolveMx, addresses } }),
    );
    expect(await sender.send(message)).toMatchObject({ ok: false, permanent });
  });

  it('an address that is none never gets to a server', async () => {
    const sender = createAlternateEmailSender(options(1));
    expect(
      await sender.send({ ...message, to: 'ann@x.example\r\nRCPT TO:<b@y.example>' }),
    ).toMatchObject({ permanent: true });
  });
});

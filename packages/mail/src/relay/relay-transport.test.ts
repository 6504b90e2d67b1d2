import type { RelayEnvelope, RelayTransport } from '@holdfast/application';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import type { HostLookup } from '../dns/dns-lookup.ts';
import { testCertificate } from '../testing/certificate.ts';
import { silent } from '../testing/fixtures.ts';
import { createRelayTransport, type RelayTransportOptions } from './relay-transport.ts';

const running: { transports: RelayTransport[]; stop: (() => void)[] } = {
  transports: [],
  stop: [],
};

afterEach(async () => {
  for (const transport of running.transports.splice(0)) await transport.close();
  for (const stop of running.stop.splice(0)) stop();
});

interface Peer {
  readonly port: number;
  readonly messages: Buffer[];
  readonly envelopes: { readonly from: string; readonly to: readonly string[] }[];
  connections(): number;
}

/** A well-behaved host unless told otherwise. */
async function host(changes: SMTPServerOptions = {}): Promise<Peer> {
  const messages: Buffer[] = [];
  const envelopes: Peer['envelopes'][number][] = [];
  let connections = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', () => undefined);
      stream.on('end', () => {
        messages.push(Buffer.concat(chunks));
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        envelopes.push({ from, to: rcptTo.map(({ address }) => address) });
        done(null, '2.6.0 Queued');
      });
    },
    ...changes,
  });
  server.on('error', () => undefined);
  const port = await listening(server.server, () => server.listen(0, '127.0.0.1'));
  running.stop.push(() => {
    server.options.closeTimeout = 1;
    server.close();
  });
  return { port, messages, envelopes, connections: () => connections };
}

/** A host that does exactly what the script says: each entry answers one line from the client, null hangs up. */
async function scripted(
  answer: (line: string, socket: Socket) => string | null,
  greeting: string | null = '220 scripted',
): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (greeting !== null) socket.write(`${greeting}\r\n`);
    let held = '';
    socket.on('data', (chunk: Buffer) => {
      held += chunk.toString('latin1');
      for (let end = held.indexOf('\r\n'); end !== -1; end = held.indexOf('\r\n')) {
        const line = held.slice(0, end);
        held = held.slice(end + 2);
        const reply = answer(line, socket);
        if (reply === null) return socket.destroy();
        if (reply !== '') socket.write(`${reply}\r\n`);
      }
    });
  });
  const port = await listening(server, () => server.listen(0, '127.0.0.1'));
  running.stop.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return port;
}

function listening(server: Server, listen: () => unknown): Promise<number> {
  return new Promise((resolve) => {
    server.once('listening', () => resolve((server.address() as AddressInfo).port));
    listen();
  });
}

const loopback: HostLookup = {
  mx: () => Promise.resolve({ ok: false, failure: 'absent', detail: 'ENODATA' }),
  addresses: () => Promise.resolve({ ok: true, value: ['127.0.0.1'] }),
};

function transport(port: number, changes: Partial<RelayTransportOptions> = {}): RelayTransport {
  const made = createRelayTransport({
    helo: 'mx.holdfast.example',
    primaryPort: port,
    remotePort: port,
    primaryTls: 'may',
    smartHost: null,
    dns: loopback,
    timeouts: { connect: 5000, greeting: 5000, command: 5000, data: 5000, dot: 5000 },
    log: silent,
    ...changes,
  });
  running.transports.push(made);
  return made;
}

const TEXT = 'Subject: x\r\n\r\nbody\r\n';

function envelopeTo(...recipients: string[]): RelayEnvelope {
  return { from: 'a@outside.example', recipients, bodyType: '8BITMIME', smtpUtf8: false };
}

function messageOf(bytes: string | Buffer) {
  const content = Buffer.from(bytes as Buffer);
  return {
    size: content.length,
    async *stream(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      for (let start = 0; start < content.length; start += 1000) {
        yield content.subarray(start, start + 1000);
      }
    },
  };
}

function send(to: RelayTransport, envelope: RelayEnvelope, bytes: string | Buffer = TEXT) {
  const message = messageOf(bytes);
  return to.send({ route: 'primary', hosts: ['primary.example'], envelope, message });
}

const MEGAN = 'megan@contoso.example';
const ALEX = 'alex@contoso.example';

describe('delivering', () => {
  test('gives the bytes unchanged: 8 bits, leading dots, long lines', async () => {
    const peer = await host();
    const nasty = Buffer.concat([
      Buffer.from('Subject: x\r\n\r\n.\r\n..\r\n.leading\r\n'),
      Buffer.from(Array.from({ length: 250 }, (_, index) => index + 1)).filter(
        (byte) => byte !== 10 && byte !== 13,
      ),
      Buffer.from(`\r\n${'y'.repeat(5000)}\r\n\r\n.\r\n`),
    ]);
    const [result] = await send(transport(peer.port), envelopeTo(MEGAN), nasty);
    expect(result).toEqual({
      recipient: MEGAN,
      outcome: { kind: 'reply', code: 250, text: '2.6.0 Queued' },
      host: 'primary.example',
      tls: null,
    });
    expect(peer.messages[0]?.equals(nasty)).toBe(true);
  });

  test('uses one connection for one message after another', async () => {
    const peer = await host();
    const relay = transport(peer.port);
    for (let count = 0; count < 3; count += 1) await send(relay, envelopeTo(MEGAN));
    expect(peer.messages).toHaveLength(3);
    expect(peer.connections()).toBe(1);
  });

  test('encrypts where STARTTLS is offered', async () => {
    const secure: boolean[] = [];
    const peer = await host({
      ...testCertificate,
      disabledCommands: ['AUTH'],
      onMailFrom(_address, session, done) {
        secure.push(session.secure);
        done();
      },
    });
    await send(transport(peer.port), envelopeTo(MEGAN));
    expect(secure).toEqual([true]);
  });

  test('speaks in clear to a host whose STARTTLS is broken', async () => {
    let mail = 0;
    const port = await scripted((line, socket) => {
      if (line.startsWith('EHLO')) return '250-scripted\r\n250 STARTTLS';
      if (line === 'STARTTLS') {
        socket.write('220 go ahead\r\n');
        return 'this is not a handshake';
      }
      if (line.startsWith('MAIL')) mail += 1;
      if (line === 'DATA') return '354 go';
      return line === '.' || /^(?:MAIL|RCPT)/.test(line) ? '250 fine' : '';
    });
    const [result] = await send(transport(port), envelopeTo(MEGAN));
    expect(result?.outcome).toMatchObject({ kind: 'reply', code: 250 });
    expect(mail).toBe(1);
  });

  test('takes the null sender', async () => {
    const peer = await host();
    await send(transport(peer.port), { ...envelopeTo(MEGAN), from: '' });
    expect(peer.envelopes[0]?.from).toBe('');
  });
});

describe('refusals', () => {
  function refusing(refusals: Readonly<Record<string, string>>, dot = '250 2.6.0 Queued') {
    let data = false;
    return scripted((line) => {
      if (data) {
        if (line !== '.') return '';
        data = false;
        return dot;
      }
      if (line.startsWith('EHLO')) return '250-scripted\r\n250 PIPELINING';
      const known = Object.entries(refusals).find(([part]) => line.includes(part));
      if (known !== undefined) return known[1];
      data = line === 'DATA';
      return data ? '354 go' : '250 fine';
    });
  }

  test('at RCPT are of that recipient alone', async () => {
    const port = await refusing({ 'TO:<alex': '550 5.1.1 No such user' });
    const results = await send(transport(port), envelopeTo(ALEX, MEGAN));
    expect(results.map(({ outcome }) => outcome)).toEqual([
      { kind: 'reply', code: 550, text: '5.1.1 No such user' },
      { kind: 'reply', code: 250, text: '2.6.0 Queued' },
    ]);
  });

  test('at RCPT stand when the message itself is put off', async () => {
    const refusals = { 'TO:<alex': '550-5.1.1 No such\r\n550 5.1.1 user' };
    const port = await refusing(refusals, '451 4.7.500 Server busy');
    const results = await send(transport(port), envelopeTo(ALEX, MEGAN));
    expect(results.map(({ outcome }) => outcome)).toEqual([
      { kind: 'reply', code: 550, text: '5.1.1 No such 5.1.1 user' },
      { kind: 'reply', code: 451, text: '4.7.500 Server busy' },
    ]);
  });

  test('at MAIL are of all', async () => {
    const port = await refusing({ MAIL: '451 4.3.2 Not now', RCPT: '503 no', DATA: '503 no' });
    const results = await send(transport(port), envelopeTo(ALEX, MEGAN));
    expect(results.map(({ outcome }) => outcome.kind === 'reply' && outcome.code)).toEqual([
      451, 451,
    ]);
  });

  test('at the door are what the host answered', async () => {
    const port = await scripted(() => '', '421 4.3.2 Service not available');
    const [result] = await send(transport(port), envelopeTo(MEGAN));
    expect(result?.outcome).toEqual({
      kind: 'reply',
      code: 421,
      text: '4.3.2 Service not available',
    });
  });

  test('leave the connection fit for the next message', async () => {
    let first = true;
    const peer = await host({
      onRcptTo(_address, _session, done) {
        const refusal = first ? Object.assign(new Error('later'), { responseCode: 450 }) : null;
        first = false;
        done(refusal);
      },
    });
    const relay = transport(peer.port);
    await send(relay, envelopeTo(MEGAN));
    const [result] = await send(relay, envelopeTo(MEGAN));
    expect(result?.outcome).toMatchObject({ code: 250 });
    expect(peer.connections()).toBe(1);
  });
});

describe('a network that fails', () => {
  test('hanging up after the final dot is `dropped`, never a delivery', async () => {
    const port = await scripted((line) => {
      if (line === 'DATA') return '354 go';
      if (line === '.') return null;
      return /^(?:EHLO|MAIL|RCPT)/.test(line) ? '250 fine' : '';
    });
    const [result] = await send(transport(port), envelopeTo(MEGAN));
    expect(result?.outcome).toMatchObject({ kind: 'network', failure: 'dropped' });
  });

  test('silence after the final dot is `timeout`', async () => {
    const port = await scripted((line) => {
      if (line === 'DATA') return '354 go';
      return /^(?:EHLO|MAIL|RCPT)/.test(line) ? '250 fine' : '';
    });
    const relay = transport(port, { timeouts: { dot: 50 } });
    const [result] = await send(relay, envelopeTo(MEGAN));
    expect(result?.outcome).toMatchObject({ kind: 'network', failure: 'timeout' });
  });

  test('no greeting is `timeout`', async () => {
    const port = await scripted(() => '', null);
    const relay = transport(port, { timeouts: { greeting: 50 } });
    const [result] = await send(relay, envelopeTo(MEGAN));
    expect(result).toMatchObject({ host: null, outcome: { kind: 'network', failure: 'timeout' } });
  });

  test('nobody listening is `connect`; the next host is asked', async () => {
    const peer = await host();
    const gone = await host();
    const relay = transport(peer.port, {
      dns: {
        ...loopback,
        addresses: (name) =>
          Promise.resolve({ ok: true, value: [name === 'a.example' ? '127.0.0.9' : '127.0.0.1'] }),
      },
    });
    expect(gone.port).not.toBe(peer.port);
    const message = messageOf(TEXT);
    const hosts = ['a.example', 'b.example'];
    const envelope = envelopeTo(MEGAN);
    const [only] = await relay.send({ route: 'primary', hosts: ['a.example'], envelope, message });
    expect(only?.outcome).toMatchObject({ kind: 'network', failure: 'connect' });
    const [result] = await relay.send({ route: 'primary', hosts, envelope, message });
    expect(result).toMatchObject({ host: 'b.example', outcome: { code: 250 } });
  });

  test('a kept connection that the host has closed costs nothing', async () => {
    let connections = 0;
    const port = await scripted((line, socket) => {
      if (line.startsWith('EHLO')) {
        connections += 1;
        return '250 fine';
      }
      if (line === 'DATA') return '354 go';
      // The first connection takes one message and is dead after that.
      if (line.startsWith('MAIL') && socket.bytesRead > 300) return null;
      return line === '.' || /^(?:MAIL|RCPT)/.test(line) ? '250 fine' : '';
    });
    const relay = transport(port);
    const long = `Subject: x\r\n\r\n${'z'.repeat(400)}\r\n`;
    await send(relay, envelopeTo(MEGAN), long);
    const [result] = await send(relay, envelopeTo(MEGAN), long);
    expect(result?.outcome).toMatchObject({ code: 250 });
    expect(connections).toBe(2);
  });

  test('a message whose bytes fail is never finished with a dot, and the failure is ours', async () => {
    const peer = await host();
    const message = {
      size: 100,
      async *stream(): AsyncGenerator<Uint8Array> {
        yield Buffer.from('Subject: x\r\n\r\nhalf\r\n');
        await Promise.reject(new Error('bytes gone'));
      },
    };
    const envelope = envelopeTo(MEGAN);
    const sent = transport(peer.port).send({ route: 'primary', hosts: ['p'], envelope, message });
    await expect(sent).rejects.toThrow('bytes gone');
    expect(peer.messages).toEqual([]);
  });
});

describe('outside mail', () => {
  const mx = (exchanges: readonly string[]): HostLookup => ({
    ...loopback,
    mx: () =>
      Promise.resolve({
        ok: true,
        value: {
          records: exchanges.map((exchange, preference) => ({ exchange, preference })),
          ttl: null,
        },
      }),
  });

  async function remote(relay: RelayTransport, ...recipients: string[]) {
    const envelope = envelopeTo(...recipients);
    return relay.send({ route: 'remote', hosts: [], envelope, message: messageOf(TEXT) });
  }

  test('goes to the MX of each domain, in the order of the envelope', async () => {
    const peer = await host();
    const relay = transport(peer.port, { dns: mx(['mail.outside.example.']) });
    const results = await remote(relay, 'a@one.example', 'b@two.example', 'c@one.example');
    expect(results.map(({ recipient, host: at }) => [recipient, at])).toEqual([
      ['a@one.example', 'mail.outside.example'],
      ['b@two.example', 'mail.outside.example'],
      ['c@one.example', 'mail.outside.example'],
    ]);
    expect(peer.envelopes.map(({ to }) => to)).toEqual([
      ['a@one.example', 'c@one.example'],
      ['b@two.example'],
    ]);
  });

  test('goes to the domain itself when it has no MX', async () => {
    const peer = await host();
    const [result] = await remote(transport(peer.port), 'a@one.example');
    expect(result).toMatchObject({ host: 'one.example', outcome: { code: 250 } });
  });

  test('is refused for a domain that wants no mail (RFC 7505)', async () => {
    const [result] = await remote(transport(1, { dns: mx(['']) }), 'a@one.example');
    expect(result?.outcome).toMatchObject({ kind: 'reply', code: 556 });
  });

  test('waits when DNS does not answer', async () => {
    const dns: HostLookup = {
      ...loopback,
      mx: () => Promise.resolve({ ok: false, failure: 'unavailable', detail: 'ESERVFAIL' }),
    };
    const [result] = await remote(transport(1, { dns }), 'a@one.example');
    expect(result?.outcome).toMatchObject({ kind: 'network', failure: 'dns' });
  });

  test('goes through the smart host when there is one', async () => {
    const peer = await host();
    const smartHost = { host: 'smart.example', port: peer.port, tls: 'may' as const, login: null };
    const relay = transport(1, { smartHost, dns: mx(['']) });
    const results = await remote(relay, 'a@one.example', 'b@two.example');
    expect(results.map((result) => result.host)).toEqual(['smart.example', 'smart.example']);
    expect(peer.messages).toHaveLength(1);
  });

  test('to a local part outside ASCII goes with SMTPUTF8 where that is offered', async () => {
    const peer = await host();
    const results = await remote(transport(peer.port), 'jürgen@bücher.example');
    expect(results[0]?.outcome).toMatchObject({ kind: 'reply', code: 250 });
    expect(peer.envelopes[0]?.to).toEqual(['jürgen@bücher.example']);
  });

  test('to a local part outside ASCII is refused where it is not (RFC 6531 §3.2); a domain is written in ASCII', async () => {
    const peer = await host({ hideSMTPUTF8: true });
    const relay = transport(peer.port);
    const results = await remote(relay, 'jürgen@one.example', 'x@bücher.example');
    expect(results[0]?.outcome).toMatchObject({
      code: 553,
      text: expect.stringContaining('5.6.7'),
    });
    expect(results[1]?.outcome).toMatchObject({ kind: 'reply', code: 250 });
    // The test's host shows names as people write them.
    expect(peer.envelopes.flatMap(({ to }) => to)).toEqual(['x@bücher.example']);
  });

  test('larger than the host announces is not offered to it (RFC 1870)', async () => {
    const peer = await host({ size: 10 });
    const results = await remote(transport(peer.port), 'a@one.example');
    expect(results[0]?.outcome).toMatchObject({
      code: 552,
      text: expect.stringContaining('5.3.4'),
    });
    expect(peer.envelopes).toEqual([]);
  });
});

describe('probing', () => {
  test('asks for the recipient and sends nothing', async () => {
    const lines: string[] = [];
    const port = await scripted((line) => {
      lines.push(line);
      if (line.startsWith('EHLO')) return '250-scripted\r\n250 PIPELINING';
      return line.startsWith('RCPT') ? '550 5.1.10 No such recipient' : '250 fine';
    });
    const relay = transport(port);
    const asked = { hosts: ['p'], from: '', recipient: MEGAN, timeout: 5000 };
    expect(await relay.probe(asked)).toEqual({
      kind: 'reply',
      code: 550,
      text: '5.1.10 No such recipient',
    });
    expect(lines.slice(1, 3)).toEqual(['MAIL FROM:<>', `RCPT TO:<${MEGAN}>`]);
    expect(lines).not.toContain('DATA');
  });

  test('gives up in time', async () => {
    const port = await scripted((line) => (line.startsWith('EHLO') ? '250 fine' : ''));
    const asked = { hosts: ['p'], from: '', recipient: MEGAN, timeout: 80 };
    expect(await transport(port).probe(asked)).toMatchObject({
      kind: 'network',
      failure: 'timeout',
    });
  });

  test('cannot be made to say a command of its own', async () => {
    const asked = { hosts: ['p'], from: '', timeout: 500 };
    const recipient = 'a@b.example>\r\nDATA\r\n<';
    expect(await transport(1).probe({ ...asked, recipient })).toMatchObject({ code: 553 });
  });
});

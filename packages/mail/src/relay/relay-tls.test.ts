import type { Log } from '@holdfast/application';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import type { HostLookup } from '../dns/dns-lookup.ts';
import { testCertificate } from '../testing/certificate.ts';
import { silent } from '../testing/fixtures.ts';
import { createRelayTransport, type RelayTransportOptions } from './relay-transport.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const dns: HostLookup = {
  mx: () => Promise.resolve({ ok: false, failure: 'absent', detail: 'ENODATA' }),
  addresses: () => Promise.resolve({ ok: true, value: ['127.0.0.1'] }),
};

interface Peer {
  readonly port: number;
  /** Every command with whether it came encrypted. */
  readonly commands: string[];
  /** Common names of the certificates that were shown. */
  readonly shown: string[];
}

type Behaviour = 'works' | 'not offered' | 'refuses' | 'breaks' | 'injects';

/** A host that takes everything, with STARTTLS as told; its certificate is for `mx.test`. */
async function peer(behaviour: Behaviour): Promise<Peer> {
  const commands: string[] = [];
  const shown: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    stops.push(() => socket.destroy());
    socket.write('220 mx.test\r\n');
    converse(socket, 'clear');
  });
  function converse(socket: Socket, how: 'clear' | 'tls'): void {
    let held = '';
    let data = false;
    socket.on('data', (chunk: Buffer) => {
      held += chunk.toString('latin1');
      for (let end = held.indexOf('\r\n'); end !== -1; end = held.indexOf('\r\n')) {
        const line = held.slice(0, end);
        held = held.slice(end + 2);
        if (data && line !== '.') continue;
        commands.push(`${how} ${line.split(/[ :]/)[0] ?? ''}`);
        if (line === 'STARTTLS') return startTls(socket);
        if (line.startsWith('EHLO')) {
          const offered = how === 'clear' && behaviour !== 'not offered';
          socket.write(
            `250-mx.test\r\n250-PIPELINING\r\n${offered ? '250-STARTTLS\r\n' : '250-AUTH LOGIN PLAIN\r\n'}250 SIZE\r\n`,
          );
        } else {
          data = line === 'DATA';
          const answer = line.startsWith('AUTH') ? '235 welcome' : '250 fine';
          socket.write(data ? '354 go\r\n' : `${answer}\r\n`);
        }
      }
    });
  }
  function startTls(socket: Socket): void {
    if (behaviour === 'refuses') return void socket.write('454 4.7.0 no\r\n');
    socket.removeAllListeners('data');
    if (behaviour === 'breaks') return void socket.write('220 go\r\nno handshake\r\n');
    // A man in the middle puts answers behind the 220: they would be taken for those to the commands within TLS.
    socket.write(
      behaviour === 'injects' ? '220 go\r\n250-mx.test\r\n250 PIPELINING\r\n' : '220 go\r\n',
    );
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext: createSecureContext(testCertificate),
      requestCert: true,
      rejectUnauthorized: false,
    });
    secure.once('secure', () =>
      shown.push(String(secure.getPeerCertificate().subject?.CN ?? 'none')),
    );
    secure.on('error', () => undefined);
    converse(secure, 'tls');
  }
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, commands, shown };
}

async function sendTo(
  { port }: Peer,
  to: { readonly host?: string; readonly route?: 'primary' | 'remote'; readonly times?: number },
  changes: Partial<RelayTransportOptions> = {},
) {
  const relay = createRelayTransport({
    helo: 'mx.holdfast.example',
    primaryPort: port,
    remotePort: port,
    primaryTls: 'must',
    ca: testCertificate.cert,
    smartHost: null,
    dns,
    timeouts: { handshake: 2000 },
    log: silent,
    ...changes,
  });
  stops.push(() => void relay.close());
  const { host = 'mx.test', route = 'primary', times = 1 } = to;
  let result;
  for (let count = 0; count < times; count += 1) {
    [result] = await relay.send({
      route,
      hosts: route === 'primary' ? [host] : [],
      envelope: { from: '', recipients: ['x@stranger.example'], bodyType: '7BIT', smtpUtf8: false },
      message: {
        size: 6,
        async *stream() {
          yield await Promise.resolve(Buffer.from('a: b\r\n'));
        },
      },
    });
  }
  return result;
}

const inClear = ({ commands }: Peer): readonly string[] =>
  commands.filter((command) => command.startsWith('clear') && !/EHLO|STARTTLS|QUIT/.test(command));

describe('to the tenant', () => {
  test('goes encrypted to the name in the certificate, and the trace says so', async () => {
    const host = await peer('works');
    const result = await sendTo(host, {});
    expect(result).toMatchObject({
      outcome: { code: 250 },
      tls: expect.stringMatching(/^TLSv1.\d .* verified$/),
    });
    expect(inClear(host)).toEqual([]);
    expect(host.commands).toContain('tls DATA');
  });

  test('a certificate of ours is shown where it is asked for, and only where there is one', async () => {
    const host = await peer('works');
    await sendTo(host, {}, { certificate: testCertificate });
    await sendTo(host, {});
    expect(host.shown).toEqual(['mx.test', 'none']);
  });

  test.each([
    ['the name is another', 'works', { host: 'mx.other.test' }, {}],
    ['the issuer is not known', 'works', {}, { ca: null }],
    ['STARTTLS is not offered', 'not offered', {}, {}],
    ['STARTTLS is refused', 'refuses', {}, {}],
    ['the handshake breaks', 'breaks', {}, {}],
  ] as const)('nothing is said in clear when %s', async (_what, behaviour, to, changes) => {
    const host = await peer(behaviour);
    const result = await sendTo(host, to, changes);
    expect(result?.outcome).toMatchObject({ kind: 'network', failure: 'tls' });
    expect(inClear(host)).toEqual([]);
    expect(host.commands.filter((command) => command.includes('MAIL'))).toEqual([]);
  });

  test('answers that were injected before the handshake are forgotten', async () => {
    const host = await peer('injects');
    expect(await sendTo(host, {})).toMatchObject({ outcome: { code: 250, text: 'fine' } });
    expect(inClear(host)).toEqual([]);
    expect(host.commands.filter((command) => command === 'tls EHLO')).toHaveLength(1);
  });
});

describe('to the outside', () => {
  test('an unknown certificate is better than none', async () => {
    const result = await sendTo(await peer('works'), { route: 'remote' }, { ca: null });
    expect(result).toMatchObject({
      outcome: { code: 250 },
      tls: expect.stringMatching(/ unverified$/),
    });
  });

  test('a host whose TLS is broken is spoken to in clear, and not asked for TLS again for a while', async () => {
    const host = await peer('breaks');
    const warnings: string[] = [];
    const log: Log = { ...silent, warn: (message) => void warnings.push(message) };
    const result = await sendTo(host, { route: 'remote', times: 2 }, { log });
    expect(result).toMatchObject({ outcome: { code: 250 }, tls: null });
    expect(host.commands.filter((command) => command.endsWith('STARTTLS'))).toHaveLength(1);
    expect(warnings).toHaveLength(1);
  });

  test('a smart host that must be verified gets nothing in clear', async () => {
    const host = await peer('works');
    const login = { user: 'holdfast', password: 'secret' };
    const smartHost = { host: 'smart.example', port: host.port, tls: 'must', login } as const;
    const result = await sendTo(host, { route: 'remote' }, { smartHost });
    expect(result?.outcome).toMatchObject({ kind: 'network', failure: 'tls' });
    expect(inClear(host)).toEqual([]);
    expect(host.commands.filter((command) => command.includes('AUTH'))).toEqual([]);
  });

  test('a smart host that is the right one is signed in at, within TLS, once for each connection', async () => {
    const host = await peer('works');
    const login = { user: 'holdfast', password: 'secret' };
    const smartHost = { host: 'mx.test', port: host.port, tls: 'must', login } as const;
    const result = await sendTo(host, { route: 'remote', times: 2 }, { smartHost });
    expect(result).toMatchObject({ outcome: { code: 250 } });
    expect(host.commands.filter((command) => command.includes('AUTH'))).toEqual(['tls AUTH']);
  });
});

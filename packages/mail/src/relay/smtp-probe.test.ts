import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { testCertificate } from '../testing/certificate.ts';
import { probeAddress, type ProbeTarget } from './smtp-probe.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const stop of open.splice(0)) stop();
});

/** Answers each command; an empty answer is silence. `greeting` null: none. */
async function scripted(
  answer: (line: string) => string,
  greeting: string | null = '220 ready',
): Promise<{ readonly port: number; readonly heard: string[] }> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (greeting !== null) socket.write(`${greeting}\r\n`);
    socket.on('data', (bytes: Buffer) => {
      for (const line of bytes.toString().split('\r\n').filter(Boolean)) {
        heard.push(line);
        const said = answer(line);
        if (said !== '') socket.write(`${said}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, heard };
}

const target = (port: number, change: Partial<ProbeTarget> = {}): ProbeTarget => ({
  host: 'localhost',
  address: '127.0.0.1',
  source: null,
  port,
  helo: 'mx1.holdfast.example',
  tls: 'may',
  trust: createSecureContext({}),
  timeout: 2000,
  ...change,
});
const ENVELOPE = {
  from: 'probe@mx1.holdfast.example',
  recipients: ['ada@contoso.example', 'ben@contoso.example'],
};
const fine = (line: string): string => (line.startsWith('EHLO') ? '250 hello' : '250 fine');

describe('a probe of one address', () => {
  test('goes up to RCPT TO under our own name, resets and leaves, and measures each stage', async () => {
    const host = await scripted((line) =>
      line.includes('ben@') ? '550 5.4.1 Recipient address rejected' : fine(line),
    );
    const probe = await probeAddress(target(host.port), ENVELOPE);
    expect(probe).toMatchObject({
      host: 'localhost',
      address: '127.0.0.1',
      stage: 'rcpt',
      outcome: { kind: 'reply', code: 250 },
      recipients: [{ code: 250 }, { code: 550 }],
    });
    expect(Object.keys(probe.latencies)).toEqual(['connect', 'banner', 'ehlo', 'mail', 'rcpt']);
    await expect.poll(() => host.heard.at(-1)).toBe('QUIT');
    expect(host.heard).toEqual([
      'EHLO mx1.holdfast.example',
      'MAIL FROM:<probe@mx1.holdfast.example>',
      'RCPT TO:<ada@contoso.example>',
      'RCPT TO:<ben@contoso.example>',
      'RSET',
      'QUIT',
    ]);
  });

  test('leaves from the address that it is told to', async () => {
    const from: (string | undefined)[] = [];
    const server = createServer((socket) => {
      from.push(socket.remoteAddress);
      socket.end('421 4.3.2 Not today\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const source = '127.0.0.2';
    const probe = await probeAddress(target(port, { source }), ENVELOPE);
    expect(probe).toMatchObject({ source, outcome: { code: 421 } });
    const nobodys = await probeAddress(target(port, { source: '203.0.113.25' }), ENVELOPE);
    expect(nobodys).toMatchObject({ stage: 'connect', outcome: { kind: 'network' } });
    expect(from).toEqual([source]);
  });

  test('without anybody to ask for, the answer to MAIL is the outcome', async () => {
    const host = await scripted(fine);
    const probe = await probeAddress(target(host.port), { ...ENVELOPE, recipients: [] });
    expect(probe).toMatchObject({ stage: 'rcpt', outcome: { kind: 'reply', code: 250 } });
  });

  test('encrypts where the host can, and greets it anew', async () => {
    const server = new SMTPServer({
      ...testCertificate,
      authOptional: true,
      disableReverseLookup: true,
      logger: false,
      onRcptTo: (_address, session, done) => done(session.secure ? null : new Error('in clear')),
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    open.push(() => server.close());
    const { port } = server.server.address() as AddressInfo;
    const probe = await probeAddress(target(port), ENVELOPE);
    expect(probe.outcome).toMatchObject({ kind: 'reply', code: 250 });
    expect(Object.keys(probe.latencies)).toContain('starttls');
    const distrusted = await probeAddress(target(port, { tls: 'must' }), ENVELOPE);
    expect(distrusted).toMatchObject({ stage: 'starttls', outcome: { failure: 'tls' } });
  });

  test('says nothing in clear where TLS is a must', async () => {
    const host = await scripted(fine);
    const probe = await probeAddress(target(host.port, { tls: 'must' }), ENVELOPE);
    expect(probe).toMatchObject({ stage: 'starttls', outcome: { failure: 'tls' } });
    expect(host.heard).not.toContain('MAIL FROM:<probe@mx1.holdfast.example>');
  });

  test.each([
    ['banner', fine, '421 4.3.2 Service not available'],
    ['ehlo', () => '421 4.3.2 Service not available', '220 ready'],
    [
      'mail',
      (line: string) => (line.startsWith('MAIL') ? '452 4.3.1 full' : fine(line)),
      '220 ready',
    ],
    [
      'rcpt',
      (line: string) => (line.startsWith('RCPT') ? '451 4.7.0 PRX4' : fine(line)),
      '220 ready',
    ],
  ] as const)(
    'a refusal at %s is its outcome, and of that stage',
    async (stage, answer, greeting) => {
      const host = await scripted(answer, greeting);
      const probe = await probeAddress(target(host.port), ENVELOPE);
      expect(probe).toMatchObject({ stage, outcome: { kind: 'reply' } });
    },
  );

  test.each([
    ['a host that never greets', '', null, 'banner', 'timeout'],
    ['one that says no SMTP', '', 'HTTP/1.1 400 Bad Request', 'banner', 'dropped'],
    ['one that falls silent', '', '220 ready', 'ehlo', 'timeout'],
  ] as const)('%s is no answer', async (_what, said, greeting, stage, failure) => {
    const host = await scripted(() => said, greeting);
    const probe = await probeAddress(target(host.port), ENVELOPE);
    expect(probe).toMatchObject({ stage, outcome: { kind: 'network', failure } });
  });

  test('nobody listening is no connection', async () => {
    const host = await scripted(fine);
    for (const stop of open.splice(0)) stop();
    const probe = await probeAddress(target(host.port), ENVELOPE);
    expect(probe).toMatchObject({ stage: 'connect', outcome: { failure: 'connect' } });
  });
});

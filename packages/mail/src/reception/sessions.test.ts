import type { MessageBody, SmtpReply } from '@holdfast/application';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { testCertificate } from '../testing/certificate.ts';
import { silent, temporaryDirectory, until } from '../testing/fixtures.ts';
import { loopback, testLimits, testReception } from '../testing/reception.ts';
import { rawClient, type RawClient } from '../testing/smtp-client.ts';
import { createCertificateSource, secureContextOf } from './certificate-source.ts';
import { WHOLE_BODY_LIMIT } from './message-intake.ts';
import type { ReceptionLimits } from './smtp-reception.ts';

const open: { readonly stop: () => Promise<void> }[] = [];
const clients: RawClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const { stop } of open.splice(0)) await stop();
});

async function mx(
  message: (body: MessageBody) => Promise<SmtpReply>,
  changes: Partial<ReceptionLimits> = {},
) {
  const limits = { ...testLimits, unlimited: loopback, maxMessageBytes: 50_000_000, ...changes };
  const made = await testReception({ message: ({ body }) => message(body) }, { limits });
  open.push({ stop: () => made.reception.stop() });
  return made;
}

async function inData(port: number): Promise<RawClient> {
  const client = await rawClient(port);
  clients.push(client);
  await client.reply();
  await client.say('EHLO client.example');
  await client.say('MAIL FROM:<a@outside.example>');
  await client.say('RCPT TO:<megan@contoso.example>');
  expect(await client.say('DATA')).toMatch(/^354/);
  return client;
}

const QUEUED: SmtpReply = { code: 250, enhanced: '2.6.0', text: 'Queued' };
const LINE = `${'x'.repeat(998)}\r\n`;

describe('a big message', () => {
  test('reaches the policy in pieces before it has ended, and is held up when the policy is slow', async () => {
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    let length = 0;
    const { port } = await mx(async (body) => {
      if (body instanceof Uint8Array) throw new Error('expected pieces');
      for await (const piece of body) {
        length += piece.length;
        begun.resolve();
        await goOn.promise;
      }
      return QUEUED;
    });
    const client = await inData(port);
    const lines = 20_000;
    for (let sent = 0; sent < lines; sent += 1000) client.write(LINE.repeat(1000));
    client.write('.\r\n');
    await begun.promise;
    // Sockets take some megabytes by themselves; what reaches the policy is bounded by what it takes.
    expect(length).toBeLessThan(2 * WHOLE_BODY_LIMIT);
    goOn.resolve();
    expect(await client.reply()).toBe('250 2.6.0 Queued');
    expect(length).toBe(lines * LINE.length);
  });

  test('rejects its pieces when the client goes away', async () => {
    const failed = Promise.withResolvers<unknown>();
    const { port } = await mx(async (body) => {
      try {
        for await (const piece of body as AsyncIterable<Uint8Array>) void piece;
      } catch (error) {
        failed.resolve(error);
      }
      return QUEUED;
    });
    const client = await inData(port);
    client.write(LINE.repeat(400));
    client.destroy();
    expect(await failed.promise).toMatchObject({ name: 'MessageVoidError' });
  });

  test('rejects its pieces when its bytes are refused, and is answered at its end', async () => {
    const failed = Promise.withResolvers<unknown>();
    const { port } = await mx(async (body) => {
      try {
        for await (const piece of body as AsyncIterable<Uint8Array>) void piece;
      } catch (error) {
        failed.resolve(error);
      }
      return QUEUED;
    });
    const client = await inData(port);
    client.write(LINE.repeat(400));
    client.write('a\0b\r\n');
    expect(await failed.promise).toMatchObject({ name: 'MessageVoidError' });
    client.write('.\r\n');
    expect(await client.reply()).toMatch(/^550 5\.6\.0/);
    expect(await client.say('NOOP')).toMatch(/^250/);
  });

  test('of a session that is stopped while the policy is behind is void at once', async () => {
    const begun = Promise.withResolvers<void>();
    const { port, reception } = await mx(() => {
      begun.resolve();
      return new Promise<SmtpReply>(() => undefined);
    });
    const client = await inData(port);
    client.write(LINE.repeat(2000));
    await begun.promise;
    const stopped = reception.stop();
    expect(await client.reply()).toMatch(/^421/);
    client.destroy();
    await stopped;
  });

  test('that the policy refuses before its end is read to the end first', async () => {
    const { port } = await mx(() =>
      Promise.resolve({ code: 452, enhanced: '4.3.1', text: 'Full' }),
    );
    const client = await inData(port);
    for (let sent = 0; sent < 3; sent += 1) client.write(LINE.repeat(1000));
    client.write('.\r\n');
    expect(await client.reply()).toBe('452 4.3.1 Full');
    expect(await client.say('NOOP')).toMatch(/^250/);
  });
});

describe('time', () => {
  test('a client that says nothing is told so and cut off', async () => {
    const { port } = await mx(() => Promise.resolve(QUEUED), { socketTimeout: 50 });
    const client = await rawClient(port);
    clients.push(client);
    await client.reply();
    expect(await client.reply()).toMatch(/^421 4\.4\.2/);
    await client.closed;
  });

  test('a client that sends a byte now and then does not keep its place', async () => {
    const { port } = await mx(() => Promise.resolve(QUEUED), { socketTimeout: 100 });
    const client = await rawClient(port);
    clients.push(client);
    await client.reply();
    const drip = setInterval(() => client.write('N'), 10);
    expect(await client.reply()).toMatch(/^421 4\.4\.2/);
    clearInterval(drip);
  });

  test('nor does one that sends its message too slowly', async () => {
    const pace = { grace: 50, leastRate: 1000, budget: 60_000 };
    const { port } = await mx(() => Promise.resolve(QUEUED), { pace, socketTimeout: 15_000 });
    const client = await inData(port);
    const drip = setInterval(() => client.write('x\r\n'), 20);
    expect(await client.reply()).toMatch(/^421 4\.4\.2/);
    clearInterval(drip);
    await client.closed;
  });
});

describe('hanging up and stopping', () => {
  test('a client that hangs up its side still gets the reply to its message', async () => {
    const commit = Promise.withResolvers<SmtpReply>();
    const { port } = await mx(() => commit.promise);
    const client = await inData(port);
    client.write('x\r\n.\r\n');
    client.end();
    commit.resolve(QUEUED);
    expect(await client.reply()).toBe('250 2.6.0 Queued');
    await client.closed;
  });

  test('who is in the middle of a message is told 421 at once, and it is void', async () => {
    const failed = Promise.withResolvers<unknown>();
    const begun = Promise.withResolvers<void>();
    const { port, reception } = await mx(async (body) => {
      begun.resolve();
      try {
        for await (const piece of body as AsyncIterable<Uint8Array>) void piece;
      } catch (error) {
        failed.resolve(error);
      }
      return QUEUED;
    });
    const small = await inData(port);
    const big = await inData(port);
    big.write(LINE.repeat(400));
    small.write('half');
    await begun.promise;
    const stopped = reception.stop();
    expect(await small.reply()).toMatch(/^421 4\.3\.2/);
    expect(await big.reply()).toMatch(/^421 4\.3\.2/);
    expect(await failed.promise).toMatchObject({ name: 'MessageVoidError' });
    small.destroy();
    big.destroy();
    await stopped;
  });

  test('a reply that never comes is not made up: the connection is cut', async () => {
    const asked = Promise.withResolvers<void>();
    const { port, reception } = await mx(
      () => {
        asked.resolve();
        return new Promise<SmtpReply>(() => undefined);
      },
      { closeTimeout: 50 },
    );
    const client = await inData(port);
    client.write('x\r\n.\r\n');
    await asked.promise;
    await reception.stop();
    await expect(client.reply()).rejects.toThrow('Connection closed, received: ');
  });
});

describe('the certificate', () => {
  test('is taken over when the files change, and the old one stays when they are bad', async () => {
    await using place = await temporaryDirectory();
    const files = { certificate: join(place.path, 'cert.pem'), key: join(place.path, 'key.pem') };
    await writeFile(files.certificate, testCertificate.cert);
    await writeFile(files.key, testCertificate.key);
    const errors: string[] = [];
    const log = { ...silent, error: (message: string) => errors.push(message) };
    const source = createCertificateSource(files, log, 10);
    const first = source.current();
    await writeFile(files.key, 'no key');
    await until(() => errors.length > 0);
    expect(source.current()).toBe(first);
    // The same pair in other bytes.
    await writeFile(files.key, `\n${testCertificate.key}`);
    await until(() => source.current() !== first);
    source.close();
  });

  test('has to be one', () => {
    expect(() => createSecureContext({ cert: 'none', key: 'none' })).toThrow(/PEM|no start line/);
    const files = { certificate: '/nonexistent/cert', key: '/nonexistent/key' };
    expect(() => createCertificateSource(files, silent)).toThrow('ENOENT');
  });
});

describe('STARTTLS', () => {
  const tls = { current: () => secureContextOf(testCertificate) };

  test('with something that is no handshake behind it ends the connection, and nothing else', async () => {
    const made = await testReception({}, { tls });
    open.push({ stop: () => made.reception.stop() });
    const client = await rawClient(made.port);
    clients.push(client);
    await client.reply();
    await client.say('EHLO client.example');
    expect(await client.say('STARTTLS')).toMatch(/^220/);
    client.write('MAIL FROM:<a@outside.example>\r\nRCPT TO:<megan@contoso.example>\r\n');
    await client.closed;
    const next = await rawClient(made.port);
    clients.push(next);
    expect(await next.reply()).toMatch(/^220/);
  });

  test('does not carry over what was said in clear', async () => {
    const made = await testReception({}, { tls });
    open.push({ stop: () => made.reception.stop() });
    const client = await rawClient(made.port);
    clients.push(client);
    await client.reply();
    await client.say('EHLO client.example');
    await client.say('STARTTLS');
    await client.upgrade();
    expect(await client.say('MAIL FROM:<a@outside.example>')).toMatch(/^503/);
  });
});

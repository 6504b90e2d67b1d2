import type { ReceivedMessage, Reception, ReceptionPolicy } from '@holdfast/application';
import { afterEach, describe, expect, test } from 'vitest';
import { testCertificate } from '../testing/certificate.ts';
import { testLimits, testReception } from '../testing/reception.ts';
import { rawClient, type RawClient } from '../testing/smtp-client.ts';
import { secureContextOf } from './certificate-source.ts';
import type { SmtpReceptionOptions } from './smtp-reception.ts';

const open: { receptions: Reception[]; clients: RawClient[] } = { receptions: [], clients: [] };

afterEach(async () => {
  for (const client of open.clients.splice(0)) client.destroy();
  for (const reception of open.receptions.splice(0)) await reception.stop();
});

async function mx(
  changes: Partial<ReceptionPolicy> = {},
  options: Partial<SmtpReceptionOptions> = {},
) {
  const made = await testReception(changes, options);
  open.receptions.push(made.reception);
  return made;
}

const tls = { current: () => secureContextOf(testCertificate) };

function bytesOf(message: ReceivedMessage | undefined): Buffer {
  const body = message?.body;
  if (!(body instanceof Uint8Array)) throw new Error('expected a body that is held whole');
  return Buffer.from(body);
}

async function greeted(port: number): Promise<RawClient> {
  const client = await rawClient(port);
  open.clients.push(client);
  expect(await client.reply()).toMatch(/^220 mx\.holdfast\.example ESMTP/);
  return client;
}

async function inData(port: number): Promise<RawClient> {
  const client = await greeted(port);
  await client.say('EHLO client.example');
  expect(await client.say('MAIL FROM:<a@outside.example>')).toMatch(/^250/);
  expect(await client.say('RCPT TO:<Megan@contoso.example>')).toMatch(/^250/);
  expect(await client.say('DATA')).toMatch(/^354/);
  return client;
}

async function sendBody(port: number, body: string): Promise<string> {
  const client = await inData(port);
  client.write(Buffer.from(body, 'latin1'));
  return client.reply();
}

describe('the greeting', () => {
  test('offers only what is carried all the way', async () => {
    const { port } = await mx();
    const client = await greeted(port);
    const lines = (await client.say('EHLO client.example')).split('\r\n').slice(1);
    expect(lines).toEqual([
      '250-PIPELINING',
      '250-8BITMIME',
      '250-ENHANCEDSTATUSCODES',
      '250-SMTPUTF8',
      '250 SIZE 10000',
    ]);
  });

  test('STARTTLS encrypts and the session says how', async () => {
    const { port, messages } = await mx({}, { tls });
    const client = await greeted(port);
    expect(await client.say('EHLO client.example')).toContain('STARTTLS');
    expect(await client.say('STARTTLS')).toMatch(/^220/);
    await client.upgrade();
    expect(await client.say('EHLO client.example')).not.toContain('STARTTLS');
    await client.say('MAIL FROM:<a@outside.example>');
    await client.say('RCPT TO:<megan@contoso.example>');
    await client.say('DATA');
    expect(await client.say('Subject: x\r\n\r\nbody\r\n.')).toMatch(/^250 2\.6\.0 Queued/);
    expect(messages[0]?.session.tls).toMatch(/^TLSv1\.[23] /);
  });

  test('too many connections from one address are told to wait', async () => {
    const limits = { ...testLimits, maxConnectionsPerClient: 1 };
    const { port } = await mx({}, { limits });
    await greeted(port);
    const second = await rawClient(port);
    open.clients.push(second);
    expect(await second.reply()).toMatch(/^421 4\.7\.0/);
    await second.closed;
  });

  test('a taken port is an error that says so', async () => {
    const { port } = await mx();
    await expect(mx({}, { port })).rejects.toMatchObject({ code: 'EADDRINUSE', port });
  });
});

describe('the envelope', () => {
  test('refusals of the policy reach the client with their codes', async () => {
    const refused = { code: 550, enhanced: '5.1.1', text: 'No such user' };
    const { port } = await mx({
      recipient: () => Promise.resolve({ accept: false, reply: refused }),
    });
    const client = await greeted(port);
    await client.say('EHLO client.example');
    await client.say('MAIL FROM:<>');
    expect(await client.say('RCPT TO:<x@contoso.example>')).toBe('550 5.1.1 No such user');
    expect(await client.say('DATA')).toMatch(/^503/);
  });

  test.each([
    ['MAIL FROM:<a@outside.example> SMTPUTF8=yes', /^501 5\.5\.4/],
    ['MAIL FROM:<a@outside.example> RET=FULL', /^555 5\.5\.4/],
    ['MAIL FROM:<a@outside.example> SIZE=10001', /^552/],
    ['MAIL FROM:<jürgen@outside.example>', /^553 5\.6\.7/],
  ])('%s is refused', async (command, expected) => {
    const { port } = await mx();
    const client = await greeted(port);
    await client.say('EHLO client.example');
    expect(await client.say(command)).toMatch(expected);
  });

  test('is handed over as it was given, the null sender and encoded domains too', async () => {
    const { port, messages } = await mx();
    const client = await greeted(port);
    await client.say('EHLO client.example');
    await client.say('MAIL FROM:<> BODY=8BITMIME');
    await client.say('RCPT TO:<a@xn--bcher-kva.example>');
    await client.say('RCPT TO:<A@XN--BCHER-KVA.example>');
    await client.say('RCPT TO:<b@contoso.example>');
    await client.say('DATA');
    await client.say('\r\nbody\r\n.');
    const [message] = messages;
    expect(message?.from).toBe('');
    expect(message?.bodyType).toBe('8BITMIME');
    expect(message?.recipients.map(({ address }) => address.toLowerCase())).toEqual([
      'a@xn--bcher-kva.example',
      'b@contoso.example',
    ]);
  });

  test('in UTF-8 is taken with SMTPUTF8 (RFC 6531), domains in ASCII', async () => {
    const { port, messages } = await mx();
    const client = await greeted(port);
    await client.say('EHLO client.example');
    expect(await client.say('MAIL FROM:<jürgen@bücher.example> SMTPUTF8')).toMatch(/^250/);
    expect(await client.say('RCPT TO:<用户@contoso.example>')).toMatch(/^250/);
    await client.say('DATA');
    await client.say('\r\nbody\r\n.');
    expect(messages[0]).toMatchObject({ from: 'jürgen@xn--bcher-kva.example', smtpUtf8: true });
    expect(messages[0]?.recipients[0]?.address).toBe('用户@contoso.example');
    await client.say('MAIL FROM:<a@outside.example>');
    expect(await client.say('RCPT TO:<用户@contoso.example>')).toMatch(/^553 5\.6\.7/);
  });

  test('one transaction never sees the recipients of the one before', async () => {
    const { port, messages } = await mx();
    const client = await inData(port);
    await client.say('\r\none\r\n.');
    await client.say('MAIL FROM:<b@outside.example>');
    await client.say('RCPT TO:<other@contoso.example>');
    await client.say('DATA');
    await client.say('\r\ntwo\r\n.');
    const recipients = messages.map((message) => message.recipients.map(({ address }) => address));
    expect(recipients).toEqual([['Megan@contoso.example'], ['other@contoso.example']]);
  });
});

describe('the message', () => {
  test('arrives without its dots, with CRLF line ends', async () => {
    const { port, messages } = await mx();
    expect(await sendBody(port, 'Subject: x\r\n\r\n..dot\nbare\r\n.\r\n')).toBe('250 2.6.0 Queued');
    expect(bytesOf(messages[0]).toString()).toBe('Subject: x\r\n\r\n.dot\r\nbare\r\n');
  });

  test.each([
    ['a bare CR', 'Subject: x\r\n\r\na\rb\r\n.\r\n', /^550 5\.6\.0/],
    ['a NUL', 'Subject: x\r\n\r\na\0b\r\n.\r\n', /^550 5\.6\.0/],
    ['51 Received fields', `${'Received: x\r\n'.repeat(51)}\r\nb\r\n.\r\n`, /^554 5\.4\.6/],
    ['too many bytes', `\r\n${'x'.repeat(99)}\r\n`.repeat(200) + '.\r\n', /^552/],
  ])('with %s is refused', async (_what, body, expected) => {
    const { port, messages } = await mx();
    expect(await sendBody(port, body)).toMatch(expected);
    expect(messages).toEqual([]);
  });

  test.each(['\n.\n', '\n.\r\n', '\r\n.\n', '\r\n.\r', '\r.\r\n'])(
    'does not end at %j: nothing is smuggled',
    async (variant) => {
      const { port, messages } = await mx();
      const smuggled = 'MAIL FROM:<evil@x.example>\r\nRCPT TO:<b@contoso.example>\r\nDATA\r\nx';
      await sendBody(port, `Subject: x\r\n\r\nfirst${variant}${smuggled}\r\n.\r\n`);
      expect(messages.length).toBeLessThanOrEqual(1);
      for (const message of messages) expect(message.from).toBe('a@outside.example');
    },
  );

  test('whatever goes wrong inside is 451, at every step', async () => {
    const broken = (): never => {
      throw new Error('database gone');
    };
    const atData = await mx({ message: broken });
    expect(await sendBody(atData.port, '\r\nx\r\n.\r\n')).toMatch(/^451 4\.3\.0/);
    const atMail = await mx({ mailFrom: () => Promise.reject(new Error('no')) });
    const client = await greeted(atMail.port);
    await client.say('EHLO c.example');
    expect(await client.say('MAIL FROM:<a@b.example>')).toMatch(/^451 4\.3\.0/);
    const odd = await mx({
      message: () => Promise.resolve({ code: 354, enhanced: null, text: 'go on' }),
    });
    expect(await sendBody(odd.port, '\r\nx\r\n.\r\n')).toMatch(/^451 4\.3\.0/);
  });

  test('cut off in the middle is never handed over', async () => {
    const { port, messages, reception } = await mx();
    const client = await inData(port);
    client.write('Subject: half\r\n\r\nand then');
    client.destroy();
    await client.closed;
    await reception.stop();
    expect(messages).toEqual([]);
  });
});

describe('stopping', () => {
  test('lets a message that is being committed finish with its 250', async () => {
    const commit = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const { port, reception } = await mx({
      async message() {
        asked.resolve();
        await commit.promise;
        return { code: 250, enhanced: '2.6.0', text: 'Queued' };
      },
    });
    const client = await inData(port);
    client.write('\r\nx\r\n.\r\n');
    await asked.promise;
    const stopped = reception.stop();
    await expect(greeted(port)).rejects.toThrow();
    commit.resolve();
    expect(await client.reply()).toBe('250 2.6.0 Queued');
    expect(await client.reply()).toMatch(/^421/);
    client.destroy();
    await stopped;
  });
});

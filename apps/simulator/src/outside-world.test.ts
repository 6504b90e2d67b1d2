import { Resolver } from 'node:dns/promises';
import { createServer } from 'node:net';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sampleMail } from './sample-mail/sample-mail.ts';
import { PortInUse, type Simulator, startSimulator } from './start-simulator.ts';
import { SMS_TOKEN, VOICE_TOKEN } from './tenant/identity.ts';
import { answer, Client } from './testing.ts';

let simulator: Simulator;
let client: Client;
const resolver = new Resolver({ timeout: 2000, tries: 2 });

beforeAll(async () => {
  simulator = await startSimulator({ sampleDays: 1 });
  client = new Client(simulator);
  resolver.setServers([`127.0.0.1:${simulator.dnsPort}`]);
});

beforeEach(() => client.control('/reset', {}));
afterAll(() => simulator.stop());

describe('DNS', () => {
  test('the MX records of the tenant can be moved', async () => {
    expect(await resolver.resolveMx('contoso.example')).toMatchObject([
      { exchange: 'contoso-example.mail.protection.outlook.com', priority: 0 },
    ]);
    await client.control('/dns', {
      name: 'contoso.example',
      type: 'MX',
      values: [{ exchange: 'mx1.holdfast.example', preference: 10 }],
    });
    expect(await resolver.resolveMx('contoso.example')).toMatchObject([
      { exchange: 'mx1.holdfast.example', priority: 10 },
    ]);
    for (const host of ['mx1.holdfast.example', 'mx2.holdfast.example']) {
      expect(await resolver.resolve4(host)).toEqual(['127.0.0.1']);
    }
  });

  test('a DKIM key longer than a UDP answer comes by TCP', async () => {
    const [record] = await resolver.resolveTxt('sim._domainkey.northwind.example');
    expect(record?.join('')).toMatch(/^v=DKIM1; k=rsa; p=MII/);
  });

  test('names of the outside world lead to the simulator', async () => {
    expect(await resolver.resolve4('contoso-example.mail.protection.outlook.com')).toEqual([
      '127.0.0.1',
    ]);
    expect(await resolver.resolveMx('anything.example')).toHaveLength(1);
    expect((await resolver.resolveTxt('_dmarc.spoofed.example'))[0]?.join('')).toContain(
      'p=reject',
    );
  });

  test('unknown names do not exist', async () => {
    await expect(resolver.resolveMx('nothing.invalid')).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
  });
});

describe('the voice gateway', () => {
  const call = (body: object, token = VOICE_TOKEN) =>
    fetch(`${simulator.voiceUrl}/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const given = { to: '+4930901820', text: 'one, two', language: 'en', reference: 'r1' };

  test('rings once per reference, and keeps what was said', async () => {
    const { id } = await answer(await call(given));
    expect(await (await call(given)).json()).toEqual({ id });
    expect(await client.control('/voice')).toMatchObject([given]);
  });

  test('refuses a bad number and a missing token', async () => {
    expect((await call({ ...given, to: '030' })).status).toBe(400);
    expect((await call(given, 'no')).status).toBe(401);
  });
});

describe('the SMS gateway', () => {
  const send = (body: object, token = SMS_TOKEN) =>
    fetch(`${simulator.smsUrl}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  test('takes a message once per reference, whatever is out of order', async () => {
    await client.control('/outage', { shape: 'identity' });
    const message = { to: '+14255550109', text: 'Your code is 1', reference: 'r1' };
    const first = await send(message);
    expect(first.status).toBe(202);
    const { id } = await answer(first);
    expect(await (await send(message)).json()).toEqual({ id });
    expect(await client.control('/sms')).toMatchObject([
      { to: '+14255550109', text: 'Your code is 1', at: expect.any(String) },
    ]);
  });

  test('refuses a bad number and a missing token', async () => {
    expect((await send({ to: '425', text: 'x', reference: 'r' })).status).toBe(400);
    expect((await send({ to: '+14255550109', text: 'x', reference: 'r' }, 'no')).status).toBe(401);
  });
});

test('an outside sender can sign with DKIM', async () => {
  const sent = await client.control('/send', {
    from: 'Nora Winter <nora.winter@northwind.example>',
    to: 'friend@posteo.example',
    subject: 'Signed',
    text: 'Hello',
    sign: true,
    mx: `127.0.0.1:${simulator.smtpPort}`,
  });
  expect(sent).toMatchObject({ sent: true });
  const [message] = await client.external('friend@posteo.example');
  expect(Buffer.from(message?.raw ?? '', 'base64').toString()).toContain(
    'DKIM-Signature: v=1; a=rsa-sha256',
  );
});

describe('sample mail', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  const options = { days: 30, recipients: ['adele.vance@contoso.example'], perDay: 2, now };

  test('is the same every time, readable, and of many kinds', async () => {
    const messages = await sampleMail(options);
    expect(await sampleMail(options)).toEqual(messages);
    expect(messages.length).toBeGreaterThan(60);
    const parsed = await Promise.all(messages.map((message) => simpleParser(message.raw)));
    const types = new Set(parsed.flatMap((mail) => mail.attachments.map((a) => a.contentType)));
    expect([...types]).toEqual(
      expect.arrayContaining(['application/pdf', 'image/png', 'text/csv', 'text/calendar']),
    );
    expect(new Set(parsed.map((mail) => mail.messageId)).size).toBe(parsed.length);
    expect(parsed.some((mail) => /\p{Script=Han}/u.test(mail.subject ?? ''))).toBe(true);
    expect(parsed.some((mail) => mail.inReplyTo !== undefined)).toBe(true);
  });

  test('is there for the demonstration', async () => {
    const { messages } = await client.control<{ messages: { raw: string }[] }>(
      '/sample-mail?days=3&recipients=a@contoso.example,b@contoso.example&perDay=1',
    );
    expect(messages.length).toBeGreaterThanOrEqual(4);
  });

  test('fills the mailboxes of the tenant', async () => {
    const mailboxes = await client.control<{ messages: number }[]>('/mailboxes');
    expect(mailboxes.filter((mailbox) => mailbox.messages > 0).length).toBeGreaterThan(20);
  });
});

test('the page shows mailboxes and mail as text', async () => {
  const page = await (await fetch(`${simulator.controlUrl}/`)).text();
  expect(page).toContain('adele.vance@contoso.example');
});

test('a port in use is named', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const failure = await startSimulator({ controlPort: port, sampleDays: 0 }).catch(
    (error: unknown) => error,
  );
  other.close();
  expect(failure).toBeInstanceOf(PortInUse);
  expect(String(failure)).toContain(String(port));
});

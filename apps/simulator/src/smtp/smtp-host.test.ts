import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../start-simulator.ts';
import { answer, Client, mail } from '../testing.ts';

let simulator: Simulator;
let client: Client;

beforeAll(async () => {
  simulator = await startSimulator({ sampleDays: 0 });
  client = new Client(simulator);
});

beforeEach(() => client.control('/reset', {}));
afterAll(() => simulator.stop());

describe('the tenant delivers mail', () => {
  test.each([
    ['a user', 'adele.vance@contoso.example', ['adele.vance@contoso.example']],
    ['an alias', 'AdeleV@contoso.example', ['adele.vance@contoso.example']],
    ['the initial domain', 'adelev@contoso.onmicrosoft.com', ['adele.vance@contoso.example']],
    ['a plus address', 'adele.vance+shop@contoso.example', ['adele.vance@contoso.example']],
    ['a shared mailbox', 'sales@contoso.example', ['sales@contoso.example']],
    ['a room', 'room.adams@contoso.example', ['room.adams@contoso.example']],
    ['an equipment', 'van.transit@contoso.example', ['van.transit@contoso.example']],
    ['a public folder', 'suggestions@contoso.example', ['suggestions@contoso.example']],
    [
      'a Microsoft 365 group and its members',
      'project-falcon@contoso.example',
      ['project-falcon@contoso.example', 'lee.gu@contoso.example'],
    ],
    [
      'a dynamic group and its members',
      'retail-everyone@contoso.example',
      ['retail-everyone@contoso.example', 'raul.razo@contoso.example'],
    ],
    [
      'a distribution list with a list in it',
      'all-hands@contoso.example',
      ['patti.fernandez@contoso.example', 'megan.bowen@contoso.example'],
    ],
    [
      'the only address of an administrator',
      'admin@contoso.onmicrosoft.com',
      ['admin@contoso.onmicrosoft.com'],
    ],
  ])('to %s', async (_kind, address, mailboxes) => {
    const raw = mail('Delivered');
    expect(await client.smtp(address, raw)).toMatch(/^250/);
    for (const mailbox of mailboxes) {
      const messages = await client.messages(mailbox);
      expect(messages).toHaveLength(1);
      expect(messages[0]).toMatchObject({ folder: 'Inbox', subject: 'Delivered', isRead: false });
      expect(Buffer.from(messages[0]?.raw ?? '', 'base64').toString()).toBe(raw);
    }
  });

  test('for a contact, on to the outside mailbox', async () => {
    expect(await client.smtp('agency@contoso.example', mail('Forwarded'))).toMatch(/^250/);
    expect(await client.external('agency@northwind.example')).toHaveLength(1);
  });

  test('for nobody: refused', async () => {
    const reply = await client.smtp('nobody@contoso.example', mail('x'));
    expect(reply).toBe('550 5.4.1 Recipient address rejected: Access denied');
  });

  test('twice the same message: the store drops the second', async () => {
    const raw = mail('Once');
    expect(await client.smtp('lee.gu@contoso.example', raw)).toMatch(/^250/);
    expect(await client.smtp('lee.gu@contoso.example', raw)).toMatch(/^250/);
    expect(await client.messages('lee.gu@contoso.example')).toHaveLength(1);
  });

  test('judged junk by a transport rule: to Junk Email', async () => {
    const response = await client.cmdlet('New-TransportRule', {
      Name: 'Gateway verdict',
      HeaderContainsMessageHeader: 'X-Holdfast-Verdict',
      HeaderContainsWords: ['junk'],
      SetSCL: 6,
    });
    expect(response.status).toBe(200);
    await client.smtp('lee.gu@contoso.example', mail('Win', ['X-Holdfast-Verdict: junk']));
    await client.smtp('lee.gu@contoso.example', mail('Work', ['X-Holdfast-Verdict: deliver']));
    const folders = (await client.messages('lee.gu@contoso.example')).map((m) => m.folder);
    expect(folders.toSorted()).toEqual(['Inbox', 'Junk Email']);
  });
});

describe('who may hand mail to the tenant', () => {
  const lee = 'lee.gu@contoso.example';
  const colleague = 'adele.vance@contoso.example';
  const connector = (parameters: object = {}) =>
    client.cmdlet('New-InboundConnector', {
      Name: 'Gateway',
      ConnectorType: 'Partner',
      SenderDomains: ['*'],
      SenderIPAddresses: ['198.51.100.25'],
      ...parameters,
    });
  /** From the simulated outside world, past the gateway. */
  const direct = (from = 'kai.carter@fabrikam.example') =>
    client.control<{ sent: boolean; reply: string }>('/send', {
      from,
      to: lee,
      subject: 'Past the gateway',
      text: 'x',
      mx: `127.0.0.1:${simulator.smtpPort}`,
    });

  test('a connector alone keeps nobody out', async () => {
    await connector();
    expect(await client.smtp(lee, mail('By the gateway'))).toMatch(/^250/);
    expect(await direct()).toMatchObject({ sent: true });
  });

  test('locked down: only the gateway; everybody else gets 5.7.51', async () => {
    await connector({ RestrictDomainsToIPAddresses: true });
    expect(await client.smtp(lee, mail('By the gateway'))).toMatch(/^250/);
    expect((await direct()).reply).toMatch(/^550 5\.7\.51 TenantInboundAttribution/);
    await client.control('/exchange', { gatewayAddress: '198.51.100.99' });
    expect(await client.smtp(lee, mail('x'))).toMatch(/^550 5\.7\.51/);
  });

  test('locked down by certificate: whoever shows it, from any address', async () => {
    const { private: key, cert } = await generate([
      { name: 'commonName', value: 'mx1.holdfast.example' },
    ]);
    await connector({
      SenderIPAddresses: [],
      TlsSenderCertificateName: '*.holdfast.example',
      RestrictDomainsToCertificate: true,
    });
    expect(await client.smtp(lee, mail('x'))).toMatch(/^550 5\.7\.51/);
    await client.control('/exchange', { gatewayAddress: '203.0.113.77' });
    expect(await client.smtp(lee, mail('x'), undefined, { key, cert })).toMatch(/^250/);
  });

  test('locked down by a connector that is switched off: everybody', async () => {
    await connector({ RestrictDomainsToIPAddresses: true, Enabled: false });
    expect(await direct()).toMatchObject({ sent: true });
  });

  test('Direct Send rejected: mail of a colleague needs a connector that matches', async () => {
    await client.control('/exchange', { rejectDirectSend: true });
    expect(await client.smtp(lee, mail('x'))).toMatch(/^250/);
    expect(await client.smtp(lee, mail('x'), colleague)).toMatch(/^550 5\.7\.68/);
    await connector();
    expect(await client.smtp(lee, mail('x'), colleague)).toMatch(/^250/);
    expect((await direct(colleague)).reply).toMatch(/^550 5\.7\.68/);
  });
});

test('STARTTLS shows a certificate for the names of tenants, by an authority of this start', async () => {
  const socket = connect(simulator.smtpPort, '127.0.0.1');
  const said = async (): Promise<string> => String((await once(socket, 'data'))[0]);
  await said();
  socket.write('EHLO a.example\r\n');
  expect(await said()).toContain('STARTTLS');
  socket.write('STARTTLS\r\n');
  expect(await said()).toMatch(/^220/);
  const servername = 'contoso-example.mail.protection.outlook.com';
  const secure = connectTls({ socket, servername, ca: simulator.authority });
  await once(secure, 'secureConnect');
  expect(secure.authorized).toBe(true);
  secure.destroy();
});

describe('an outage of shape', () => {
  const adele = 'adele.vance@contoso.example';
  const inbox = `/users/${adele}/mailFolders/inbox`;

  test('transport: SMTP 451, mailboxes 503, outside mailboxes work', async () => {
    await client.control('/outage', { shape: 'transport' });
    expect(await client.smtp(adele, mail('x'))).toMatch(/^451 4\.3\.2 .*ATTR1$/);
    expect((await client.graph(inbox)).status).toBe(503);
    expect((await client.graph('/users')).status).toBe(200);
    expect(await client.smtp('friend@posteo.example', mail('x'))).toMatch(/^250/);
  });

  test('mailbox: SMTP takes the mail, nobody can read it', async () => {
    await client.control('/outage', { shape: 'mailbox' });
    expect(await client.smtp(adele, mail('x'))).toMatch(/^250/);
    const response = await client.graph(inbox);
    expect(response.status).toBe(503);
    expect((await answer(response)).error.code).toBe('ErrorMailboxStoreUnavailable');
  });

  test('identity: no new token, those that are there go on', async () => {
    expect((await client.graph(inbox)).status).toBe(200);
    await client.control('/outage', { shape: 'identity' });
    const response = await client.requestToken();
    expect(response.status).toBe(503);
    expect((await answer(response)).error_codes).toEqual([90033]);
    expect((await client.graph(inbox)).status).toBe(200);
  });

  test('throttle: SMTP 451 4.7.500, Graph 429 with Retry-After', async () => {
    await client.control('/outage', { shape: 'throttle' });
    expect(await client.smtp(adele, mail('x'))).toMatch(/^451 4\.7\.500 .*\(S77714\)$/);
    const response = await client.graph('/users');
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('outbound: only what the tenant sends is blocked', async () => {
    await client.control('/outage', { shape: 'outbound' });
    expect(await client.smtp(adele, mail('x'))).toMatch(/^250/);
    const sent = await client.control('/send', {
      from: adele,
      to: 'friend@posteo.example',
      subject: 'x',
      text: 'x',
      mx: `127.0.0.1:${simulator.smtpPort}`,
    });
    expect(sent).toMatchObject({ sent: false, reply: expect.stringContaining('5.7.705') });
  });

  test('scripted: the nth attempt of a recipient gets the nth reply', async () => {
    await client.control('/outage', {
      shape: 'transport',
      replies: ['451 4.3.2 Temporary server error', '550 5.4.1 Access denied', '250 OK'],
    });
    expect(await client.smtp(adele, mail('x'))).toMatch(/^451/);
    expect(await client.smtp(adele, mail('x'))).toMatch(/^550 5\.4\.1/);
    expect(await client.smtp('lee.gu@contoso.example', mail('x'))).toMatch(/^451/);
    expect(await client.smtp(adele, mail('x'))).toMatch(/^250/);
    expect(await client.smtp(adele, mail('x'))).toMatch(/^250/);
  });

  test('scripted at the end of the data', async () => {
    await client.control('/outage', {
      shape: 'none',
      replies: ['432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded'],
    });
    expect(await client.smtp(adele, mail('x'))).toMatch(/^432 4\.3\.2 STOREDRV/);
    expect(await client.messages(adele)).toEqual([]);
  });
});

describe('a host that', () => {
  /** What comes in the first moments of a connection: text, `closed` or `silence`. */
  const firstWord = async (): Promise<string> => {
    const socket = connect(simulator.smtpPort, '127.0.0.1');
    const word = new Promise<string>((resolve) => {
      socket.once('data', (chunk: Buffer) => resolve(chunk.toString()));
      socket.once('error', () => resolve('closed'));
      socket.once('close', () => resolve('closed'));
      socket.setTimeout(400, () => resolve('silence'));
    });
    const said = await word;
    socket.destroy();
    return said;
  };
  const recipients = ['adele.vance@contoso.example', 'friend@posteo.example'];

  test.each([
    ['is well says 220', 'accepted', /^220 .*Microsoft ESMTP MAIL Service/],
    ['is not there ends the connection', 'reset', /^closed$/],
    ['is shutting down says 421', 'busy', /^421 .*4\.3\.2 Service not available/],
    ['is stuck says nothing', 'silent', /^silence$/],
  ])('%s', async (_name, connection, word) => {
    await client.control('/outage', { shape: 'none', connection });
    expect(await firstWord()).toMatch(word);
    await client.control('/outage', { shape: 'none' });
    expect(await client.smtp(recipients, mail('Back again'))).toMatch(/^250/);
  });

  test.each([
    '421 4.3.2 Service not available',
    '421 4.3.2 The maximum number of concurrent connections per resource forest has exceeded a limit',
    '432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded',
    '451 4.7.0 Temporary server error. Please try again later. PRX4 NextHop:AM0PR01MB1234',
    '451 4.7.500 Server busy. Please try again later from [198.51.100.25]. (S77714)',
    '451 4.7.700 PFA agent busy, please try again later',
    '451 4.4.3 Temporary server error. Please try again later ATTR5',
    '452 4.3.1 Insufficient system resources',
    '452 4.5.3 Too many recipients',
    '550 5.4.1 Recipient address rejected: Access denied',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    '550 5.7.64 TenantAttribution; Relay Access Denied',
    '550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources',
    '550 5.7.51 TenantInboundAttribution; There is a partner connector configured that matched',
    '550 5.7.606 Access denied, banned sending IP',
    '550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP',
    '550 5.2.121 The recipient has exceeded the per hour message receive limit from a specific sender',
  ])('says %s, when it is told to', async (reply) => {
    await client.control('/outage', { shape: 'none', replies: [reply] });
    expect(await client.smtp('adele.vance@contoso.example', mail('Told'))).toBe(reply);
  });
});

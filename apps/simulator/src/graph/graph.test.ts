import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../start-simulator.ts';
import { type Answer, answer, Client } from '../testing.ts';

let simulator: Simulator;
let client: Client;

beforeAll(async () => {
  simulator = await startSimulator({ sampleDays: 0 });
  client = new Client(simulator);
});

beforeEach(() => client.control('/reset', {}));
afterAll(async () => {
  const ours = simulator.contract.faults.filter(({ side }) => side === 'response');
  await simulator.stop();
  expect(ours).toEqual([]);
});

const USER = '/users/adele.vance@contoso.example';

async function create(folder: string, message: object) {
  const response = await client.graph(`${USER}/mailFolders/${folder}/messages`, {
    method: 'POST',
    body: JSON.stringify(message),
  });
  return { status: response.status, body: await answer(response) };
}

describe('signing in', () => {
  test.each([
    ['a wrong secret', { client_secret: 'x' }, undefined, 401, 'AADSTS7000215'],
    ['an unknown application', { client_id: 'x' }, undefined, 400, 'AADSTS700016'],
    ['an unknown tenant', {}, 'other.example', 400, 'AADSTS90002'],
  ])('%s is refused as Microsoft does', async (_what, form, tenant, status, code) => {
    const response = await client.requestToken(form, tenant);
    expect(response.status).toBe(status);
    expect((await answer(response)).error_description).toContain(code);
  });

  test('without a token Graph answers 401', async () => {
    const response = await fetch(`${simulator.graphBase}/users`);
    expect(response.status).toBe(401);
    expect((await answer(response)).error.code).toBe('InvalidAuthenticationToken');
  });
});

describe('the directory', () => {
  test('is read page by page, to the last user', async () => {
    const names: string[] = [];
    let next: string | undefined = '/users?$select=userPrincipalName&$top=999';
    let pages = 0;
    while (next !== undefined) {
      const body: Answer = await answer(client.graph(next));
      names.push(...body.value.map((user) => String(user.userPrincipalName)));
      next = body['@odata.nextLink'];
      pages += 1;
    }
    expect(pages).toBeGreaterThan(2);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(30);
  });

  test('mailboxSettings cannot be selected on a list', async () => {
    expect((await client.graph('/users?$select=id,mailboxSettings')).status).toBe(501);
  });

  test('delta tells of joiners and leavers since the last round', async () => {
    const first = await answer(client.graph('/users/delta?$deltatoken=latest'));
    await client.control('/directory/users', { given: 'Nina', family: 'Nowak' });
    await fetch(`${simulator.controlUrl}/control/directory/users/lee.gu@contoso.example`, {
      method: 'DELETE',
    });
    const second = await answer(client.graph(first['@odata.deltaLink'] ?? ''));
    expect(second.value).toHaveLength(2);
    expect(second.value[0]?.displayName).toBe('Nina Nowak');
    expect(second.value[1]?.['@removed']).toEqual({ reason: 'changed' });
    const third = await answer(client.graph(second['@odata.deltaLink'] ?? ''));
    expect(third.value).toEqual([]);
  });

  test('a delta link that means nothing is answered with 410', async () => {
    expect((await client.graph('/users/delta?$deltatoken=old')).status).toBe(410);
  });

  test('dynamic groups and public folders are not in Graph', async () => {
    const body = await answer(client.graph('/groups?$top=999'));
    const mails = body.value.map((group) => group.mail);
    expect(mails).toContain('project-falcon@contoso.example');
    expect(mails).not.toContain('retail-everyone@contoso.example');
  });
});

describe('creating a message', () => {
  const dated = [
    { id: 'SystemTime 0x0E06', value: '2026-11-20T08:15:00Z' },
    { id: 'SystemTime 0x0039', value: '2026-11-20T08:14:57Z' },
    { id: 'String 0x1035', value: '<abc@relay.example>' },
  ];

  test('without message flags it is a draft, and receivedDateTime is ignored', async () => {
    const { body } = await create('inbox', {
      subject: 'x',
      receivedDateTime: '2020-01-01T00:00:00Z',
    });
    expect(body.isDraft).toBe(true);
    expect(Date.parse(body.receivedDateTime)).toBeGreaterThan(Date.parse('2026-01-01'));
  });

  test('with the unsent bit it is a draft, too', async () => {
    const flags = [{ id: 'Integer 0x0E07', value: '9' }];
    const { body } = await create('inbox', { subject: 'x', singleValueExtendedProperties: flags });
    expect(body.isDraft).toBe(true);
  });

  test('with message flags and MAPI dates it is a real, dated message', async () => {
    const { body } = await create('sentitems', {
      subject: 'Re: offer',
      isRead: true,
      body: { contentType: 'html', content: '<p>Yes</p>' },
      from: { emailAddress: { name: 'Adele', address: 'adele.vance@contoso.example' } },
      toRecipients: [{ emailAddress: { address: 'kai.carter@fabrikam.example' } }],
      attachments: [
        {
          '@odata.type': '#microsoft.graph.fileAttachment',
          name: 'a.txt',
          contentType: 'text/plain',
          contentBytes: Buffer.from('hi').toString('base64'),
        },
      ],
      singleValueExtendedProperties: [
        { id: 'Integer 0x0E07', value: '1' },
        ...dated,
        { id: 'String 0x007D', value: 'X-Trace: kept\r\nDate: other\r\n' },
      ],
    });
    expect(body).toMatchObject({
      isDraft: false,
      isRead: true,
      receivedDateTime: '2026-11-20T08:15:00.000Z',
      sentDateTime: '2026-11-20T08:14:57.000Z',
      internetMessageId: '<abc@relay.example>',
      hasAttachments: true,
    });
    const found = await client.graph(
      `${USER}/messages?$filter=${encodeURIComponent("internetMessageId eq '<abc@relay.example>'")}`,
    );
    expect((await answer(found)).value).toHaveLength(1);
    const [message] = await client.messages('adele.vance@contoso.example');
    expect(message).toMatchObject({ folder: 'Sent Items', messageId: '<abc@relay.example>' });
    expect(Buffer.from(message?.raw ?? '', 'base64').toString()).toContain('X-Trace: kept');
  });

  test('from MIME it is always a draft', async () => {
    const response = await client.graph(`${USER}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: Buffer.from('Subject: x\r\n\r\nHello').toString('base64'),
    });
    expect(await answer(response)).toMatchObject({ isDraft: true, isRead: true });
  });

  test('an unknown property is refused by name', async () => {
    const { status, body } = await create('inbox', { subjekt: 'x' });
    expect(status).toBe(400);
    expect(body.error.message).toContain('subjekt');
  });

  test('the subject of a real message cannot be changed afterwards', async () => {
    const flags = [{ id: 'Integer 0x0E07', value: '1' }];
    const { body } = await create('inbox', { subject: 'x', singleValueExtendedProperties: flags });
    const response = await client.graph(`${USER}/messages/${body.id}`, {
      method: 'PATCH',
      body: JSON.stringify({ subject: 'y' }),
    });
    expect(response.status).toBe(400);
  });
});

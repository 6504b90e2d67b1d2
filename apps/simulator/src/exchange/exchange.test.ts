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
afterAll(() => simulator.stop());

const SET = 'Set-HostedConnectionFilterPolicy';

async function values(name: string, parameters: object = {}) {
  return (await answer(client.cmdlet(name, parameters))).value;
}

async function setAllowList(IPAllowList: unknown) {
  const response = await client.cmdlet(SET, { Identity: 'Default', IPAllowList });
  return { status: response.status, body: await answer(response) };
}

const allowList = async () =>
  (await values('Get-HostedConnectionFilterPolicy'))[0]?.['IPAllowList'];
const table = (add: string[], remove: string[] = []) => ({
  '@odata.type': '#Exchange.GenericHashTable',
  add,
  remove,
});

describe('the IP allow list', () => {
  test('keeps what is there when addresses are added, and loses only what is removed', async () => {
    await setAllowList(table(['192.0.2.0/24', '192.0.2.7']));
    expect(await allowList()).toEqual(['203.0.113.45', '192.0.2.0/24', '192.0.2.7']);
    await setAllowList(table([], ['192.0.2.7']));
    expect(await allowList()).toEqual(['203.0.113.45', '192.0.2.0/24']);
  });

  test('is replaced by a plain array', async () => {
    await setAllowList(['192.0.2.9']);
    expect(await allowList()).toEqual(['192.0.2.9']);
  });

  test.each([['2001:db8::1'], ['10.0.0.0/23'], ['10.0.0.0/33'], ['10.0.0.1-10.0.2.1'], ['x']])(
    'refuses %s',
    async (entry) => {
      const { status, body } = await setAllowList(table([entry]));
      expect(status).toBe(400);
      expect(body.error.details[0]?.message).toMatch(/^Ex[0-9A-F]{6}\|[\w.]+\|.+/);
      expect(await allowList()).toEqual(['203.0.113.45']);
    },
  );

  test('holds 1,273 entries and no more', async () => {
    const many = Array.from({ length: 1273 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    expect((await setAllowList(many)).status).toBe(200);
    expect((await setAllowList(table(['192.0.2.1']))).status).toBe(400);
  });

  test('cannot be written without an anchor mailbox', async () => {
    expect((await client.cmdlet(SET, { Identity: 'Default' }, false)).status).toBe(403);
  });
});

test('an unknown cmdlet is answered with 404', async () => {
  expect((await client.cmdlet('Get-EXOMailbox')).status).toBe(404);
});

test('a connector is made once, changed, and shown', async () => {
  const parameters = {
    Name: 'Continuity',
    ConnectorType: 'Partner',
    SenderDomains: ['*'],
    SenderIPAddresses: ['192.0.2.0/24'],
  };
  expect((await client.cmdlet('New-InboundConnector', parameters)).status).toBe(200);
  expect((await client.cmdlet('New-InboundConnector', parameters)).status).toBe(400);
  await client.cmdlet('Set-InboundConnector', { Identity: 'Continuity', RequireTls: false });
  expect(await values('Get-InboundConnector')).toMatchObject([
    { Name: 'Continuity', RequireTls: false, SenderIPAddresses: ['192.0.2.0/24'] },
  ]);
});

test('allow and block lists have entries as objects, some of them expired', async () => {
  const [policy] = await values('Get-HostedContentFilterPolicy');
  expect(policy?.['AllowedSenders']).toContainEqual({ Sender: { Address: expect.any(String) } });
  expect(policy?.['BlockedSenderDomains']).toContainEqual({ Domain: expect.any(String) });
  expect((await client.cmdlet('Get-TenantAllowBlockListItems')).status).toBe(400);
  const items = await values('Get-TenantAllowBlockListItems', { ListType: 'Sender' });
  const expired = items.filter(
    ({ ExpirationDate: expiry }) => expiry && Date.parse(expiry) < Date.now(),
  );
  expect(expired.length).toBeGreaterThan(0);
});

test('all kinds of recipients are listed, page by page', async () => {
  const kinds = new Set<string>();
  const token = await client.token('https://outlook.office365.com/.default');
  let url: string | undefined =
    `${simulator.exchangeBase}/adminapi/beta/contoso.onmicrosoft.com/InvokeCommand`;
  while (url !== undefined) {
    const response: Response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        CmdletInput: { CmdletName: 'Get-Recipient', Parameters: { ResultSize: 'Unlimited' } },
      }),
    });
    const body: Answer = await answer(response);
    for (const item of body.value) kinds.add(String(item.RecipientTypeDetails));
    url = body['@odata.nextLink'];
  }
  expect([...kinds].toSorted()).toEqual([
    'DynamicDistributionGroup',
    'EquipmentMailbox',
    'GroupMailbox',
    'GuestMailUser',
    'MailContact',
    'MailUniversalDistributionGroup',
    'MailUniversalSecurityGroup',
    'PublicFolder',
    'RoomMailbox',
    'SharedMailbox',
    'UserMailbox',
  ]);
});

test('members of a list include the list within it', async () => {
  const members = await values('Get-DistributionGroupMember', {
    Identity: 'all-hands@contoso.example',
  });
  expect(members.map((m) => m.PrimarySmtpAddress)).toContain('marketing-team@contoso.example');
});

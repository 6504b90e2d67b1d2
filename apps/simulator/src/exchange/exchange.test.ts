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

  test('cannot be written without an anchor mailbox: a refusal without a word', async () => {
    const response = await client.cmdlet(SET, { Identity: 'Default' }, false);
    expect(response.status).toBe(403);
    expect(await response.text()).toMatch(/^\0+$/);
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
  const [policy] = await values('Get-HostedContentFilterPolicy', { Identity: 'Default' });
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

describe('a mail flow rule', () => {
  const NAME = 'Verdict';
  const make = (parameters: object = {}) =>
    client.cmdlet('New-TransportRule', {
      Name: NAME,
      HeaderContainsMessageHeader: 'X-Verdict',
      HeaderContainsWords: ['junk'],
      SetSCL: 6,
      ...parameters,
    });
  const names = async () => (await values('Get-TransportRule')).map(({ Name }) => Name);

  test('goes last, or where its priority says, and the others move', async () => {
    await make();
    expect(await names()).toEqual(['Mark mail of the old CRM', NAME]);
    await client.cmdlet('Remove-TransportRule', { Identity: NAME, Confirm: false });
    await make({ Priority: 0 });
    const rules = await values('Get-TransportRule');
    expect(rules.map(({ Name, Priority }) => [Priority, Name])).toEqual([
      [0, NAME],
      [1, 'Mark mail of the old CRM'],
    ]);
  });

  test('is changed, switched off and on, and removed only when confirmed', async () => {
    await make();
    await client.cmdlet('Set-TransportRule', { Identity: NAME, SetSCL: 9 });
    expect(
      (await client.cmdlet('Set-TransportRule', { Identity: NAME, Enabled: true })).status,
    ).toBe(400);
    await client.cmdlet('Disable-TransportRule', { Identity: NAME });
    expect((await values('Get-TransportRule', { Identity: NAME }))[0]).toMatchObject({
      State: 'Disabled',
      SetSCL: 9,
      HeaderContainsWords: ['junk'],
    });
    await client.cmdlet('Enable-TransportRule', { Identity: NAME });
    expect((await client.cmdlet('Remove-TransportRule', { Identity: NAME })).status).toBe(400);
    expect(await names()).toContain(NAME);
    await client.cmdlet('Remove-TransportRule', { Identity: NAME, Confirm: false });
    expect(await names()).not.toContain(NAME);
  });

  test.each([
    { SetSCL: 10 },
    { HeaderContainsWords: [] },
    { Priority: 9 },
    { Name: 'x'.repeat(65) },
  ])('is refused with %j', async (parameters) => {
    expect((await make(parameters)).status).toBe(400);
  });
});

describe('a connector', () => {
  const make = (parameters: object) =>
    client.cmdlet('New-InboundConnector', {
      Name: 'Gateway',
      ConnectorType: 'Partner',
      SenderDomains: ['*'],
      SenderIPAddresses: ['192.0.2.1'],
      ...parameters,
    });

  test.each([
    { SenderIPAddresses: ['2001:db8::1'] },
    { SenderIPAddresses: ['192.0.2.0/23'] },
    { SenderIPAddresses: [], RestrictDomainsToIPAddresses: true },
    { RestrictDomainsToCertificate: true },
    { TlsSenderCertificateName: 'mx.example', RequireTls: false },
    { EFSkipLastIP: true, EFSkipIPs: ['192.0.2.1'] },
    { EFSkipIPs: ['10.0.0.1'] },
    { ConnectorType: 'Internet' },
  ])('is refused with %j', async (parameters) => {
    expect((await make(parameters)).status).toBe(400);
  });
});

describe('trusted ARC sealers', () => {
  const sealers = async () => (await values('Get-ArcConfig'))[0]?.['ArcTrustedSealers'];
  const set = (ArcTrustedSealers: unknown) =>
    client.cmdlet('Set-ArcConfig', { Identity: 'Default', ArcTrustedSealers });

  test('are overwritten by what is set, shown in one text, and emptied by a blank', async () => {
    await set(['a.example', 'b.example']);
    expect(await sealers()).toBe('a.example,b.example');
    await set('c.example');
    expect(await sealers()).toBe('c.example');
    expect((await set('no domain')).status).toBe(400);
    await set(' ');
    expect(await sealers()).toBe('');
  });
});

describe('a tenant in which nobody has changed a policy', () => {
  beforeEach(() => client.control('/exchange', { dehydrated: true }));

  test('takes none before it is opened for that, once', async () => {
    const refused = await setAllowList(table(['192.0.2.1']));
    expect(refused.status).toBe(400);
    expect(refused.body.error.details[0]?.message).toContain('Enable-OrganizationCustomization');
    expect((await client.cmdlet('Enable-OrganizationCustomization')).status).toBe(200);
    expect((await setAllowList(table(['192.0.2.1']))).status).toBe(200);
    expect((await client.cmdlet('Enable-OrganizationCustomization')).status).toBe(400);
  });
});

describe('what the application may do', () => {
  const commands = async () => {
    const token = await client.token('https://outlook.office365.com/.default');
    const response = await fetch(
      `${simulator.exchangeBase}/adminapi/v1.0/contoso.onmicrosoft.com/EXOModuleFile?Version=3.5.1`,
      { headers: { authorization: `Bearer ${token}`, commandname: '*' } },
    );
    return String((await answer(response)).value[0]?.['exportedCmdlets']).split(',');
  };

  test.each([
    ['full', true, true],
    ['read', true, false],
    ['none', false, false],
  ] as const)('with the role "%s"', async (access, reads, writes) => {
    await client.control('/exchange', { access });
    expect((await commands()).includes('Get-InboundConnector')).toBe(reads);
    expect((await commands()).includes('Set-InboundConnector')).toBe(writes);
    expect((await client.cmdlet('Get-InboundConnector')).ok).toBe(reads);
    const set = await client.cmdlet(SET, { Identity: 'Default' });
    expect(set.ok).toBe(writes);
  });

  test('the documented API wants its own permission', async () => {
    const token = await client.token('https://outlook.office365.com/.default');
    const response = await fetch(
      `${simulator.exchangeBase}/adminapi/v2.0/6fb3bd4c-31b8-4f1a-9d0e-52c8a1f0c0de/AcceptedDomain`,
      { method: 'POST', headers: { authorization: `Bearer ${token}` } },
    );
    expect(response.status).toBe(401);
  });
});

test('policies apply by rule, one of which is switched off; other lists are told apart by their type', async () => {
  const rules = await values('Get-HostedContentFilterRule');
  expect(rules.map(({ Name, State }) => `${String(Name)} ${String(State)}`)).toEqual([
    'Finance Enabled',
    'Trial of 2023 Disabled',
  ]);
  const urls = async (parameters = {}) =>
    (await values('Get-TenantAllowBlockListItems', { ListType: 'Url', ...parameters })).length;
  expect([await urls(), await urls({ ListSubType: 'AdvancedDelivery' })]).toEqual([1, 1]);
  expect(await values('Get-TenantAllowBlockListSpoofItems')).toHaveLength(1);
});

test('junk settings are a mailbox’s own; what is no mailbox has none', async () => {
  const name = 'Get-MailboxJunkEmailConfiguration';
  const [settings] = await values(name, { Identity: 'meganb@contoso.example' });
  expect(settings).toMatchObject({
    TrustedSendersAndDomains: ['sister@posteo.example', 'diegos@contoso.example'],
    ContactsTrusted: true,
  });
  expect((await client.cmdlet(name, {})).status).toBe(400);
  expect((await client.cmdlet(name, { Identity: 'nobody@contoso.example' })).status).toBe(404);
});

import { TenantError } from '@holdfast/application';
import { afterEach, describe, expect, it } from 'vitest';
import { credentials, type Answer, type ScriptedMicrosoft } from '../../test/scripted-microsoft.ts';
import { cmdletOf, startExchange, type CmdletCall } from '../../test/scripted-exchange.ts';
import { createTenantLists } from './tenant-lists.ts';

const open: ScriptedMicrosoft[] = [];
afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

async function exchange(
  answer: (call: CmdletCall) => Answer | undefined,
): Promise<ScriptedMicrosoft> {
  const started = await startExchange(answer);
  open.push(started);
  return started;
}

const ANSWERS: Readonly<Record<string, readonly unknown[]>> = {
  'Get-HostedContentFilterPolicy': [
    {
      Name: 'Default',
      AllowedSenders: ['Ann@Partner.example'],
      AllowedSenderDomains: [{ Domain: 'supplier.example' }],
      BlockedSenders: [{ Sender: { Address: 'spam@bad.example' } }],
      BlockedSenderDomains: 'bad.example, worse.example',
    },
    { Name: 'Strict', AllowedSenders: null, BlockedSenderDomains: { Domain: 'bad.example' } },
  ],
  'Get-HostedContentFilterRule': [
    {
      Name: 'Strict rule',
      HostedContentFilterPolicy: 'Strict',
      State: 'Enabled',
      Priority: '0',
      SentTo: 'ceo@contoso.example',
      SentToMemberOf: [{ Name: 'Board', PrimarySmtpAddress: 'board@contoso.example' }],
      ExceptIfRecipientDomainIs: null,
    },
    { Name: 'Off', HostedContentFilterPolicy: 'Off', State: 'Disabled', Priority: 1 },
  ],
  'Get-TenantAllowBlockListItems Sender': [
    { Value: 'ceo@lookalike.example', Action: 'Block', ExpirationDate: null },
    { Value: 'old.example', Action: 'Block', ExpirationDate: '2026-11-01T00:00:00Z' },
    { Value: 'soon.example', Action: 'Allow', ExpirationDate: '2026-12-01T00:00:00Z' },
    { Value: 'net.example', Action: 'ALLOW', ExpirationDate: '/Date(1796083200000)/' },
    { Value: 'never.example', Action: 'Block', ExpirationDate: '9999-12-31T23:59:59.9999999' },
    { Value: 'sometime.example', Action: 'Allow', ExpirationDate: 'soon' },
    { Value: 'sometime-bad.example', Action: 'Block', ExpirationDate: 'soon' },
    { Value: 'drill@phish.example', Action: 'Allow', ListSubType: 'AdvancedDelivery' },
  ],
  'Get-TenantAllowBlockListItems IP': [{ Value: '2001:db8::/48', Action: 'Block' }],
  'Get-TenantAllowBlockListItems Url': [
    { Value: 'bad.example/login', Action: 'Block' },
    { Value: 'worse.example', Action: 'Block' },
  ],
  'Get-TenantAllowBlockListItems Url AdvancedDelivery': [
    { Value: 'drill.example', Action: 'Allow', ListSubType: 'AdvancedDelivery' },
  ],
  'Get-TenantAllowBlockListItems FileHash': [{ Value: 'a'.repeat(64), Action: 'Block' }],
  'Get-TenantAllowBlockListSpoofItems': [
    { SpoofedUser: 'contoso.example', SendingInfrastructure: 'crm.example', Action: 'Allow' },
  ],
  'Get-HostedConnectionFilterPolicy': [
    { Name: 'Default', IPAllowList: ['203.0.113.45'], IPBlockList: ['198.51.100.0/24'] },
  ],
};

function answer({ name, parameters }: CmdletCall): Answer {
  const key = [name, parameters['ListType'], parameters['ListSubType']].filter(Boolean).join(' ');
  return { json: { value: ANSWERS[key] ?? [] } };
}

describe('reading the lists of a tenant', () => {
  it('takes strings, objects and joined text; leaves out what has run out; says where each comes from', async () => {
    const { options } = await exchange(answer);
    const { items, sections } = await createTenantLists(options).read(credentials);
    expect(items.map(({ kind, value, policy }) => `${kind} ${value} · ${policy}`)).toEqual([
      'allow Ann@Partner.example · Default',
      'allow supplier.example · Default',
      'block spam@bad.example · Default',
      'block bad.example · Default',
      'block worse.example · Default',
      'block bad.example · Strict',
      'block ceo@lookalike.example · Tenant Allow/Block List',
      'allow soon.example · Tenant Allow/Block List',
      'allow net.example · Tenant Allow/Block List',
      'block never.example · Tenant Allow/Block List',
      'block sometime-bad.example · Tenant Allow/Block List',
      'block 2001:db8::/48 · Tenant Allow/Block List',
      'allow 203.0.113.45 · Default',
      'block 198.51.100.0/24 · Default',
    ]);
    expect(sections.every(({ failure }) => failure === null)).toBe(true);
    const ends = new Map(items.map(({ value, expiresAt }) => [value, expiresAt]));
    expect(ends.get('soon.example')).toBe(Date.UTC(2026, 11, 1));
    expect(ends.get('net.example')).toBe(1_796_083_200_000);
    expect(ends.get('never.example')).toBeNull();
  });

  it('says to whom policies apply, whatever form the rule comes in', async () => {
    const { options } = await exchange(answer);
    const { rules } = await createTenantLists(options).read(credentials);
    expect(rules).toEqual([
      {
        policy: 'Strict',
        priority: 0,
        enabled: true,
        sentTo: ['ceo@contoso.example'],
        memberOf: ['board@contoso.example'],
        domains: [],
        exceptSentTo: [],
        exceptMemberOf: [],
        exceptDomains: [],
      },
      expect.objectContaining({ policy: 'Off', enabled: false }),
    ]);
  });

  it('counts what we do not filter by, and shows who may send under another name', async () => {
    const { options } = await exchange(answer);
    const { notFiltered, spoofs } = await createTenantLists(options).read(credentials);
    expect(notFiltered).toEqual({ urls: 2, files: 1, simulations: 2 });
    expect(spoofs).toEqual([
      { sender: 'contoso.example', infrastructure: 'crm.example', action: 'allow' },
    ]);
  });

  it('names what could not be read, and keeps the rest', async () => {
    const { options } = await exchange((call) =>
      call.name === 'Get-TenantAllowBlockListItems'
        ? {
            status: 403,
            json: {
              error: { details: [{ message: 'Ex1|A.CmdletAccessDeniedException|You may not.' }] },
            },
          }
        : answer(call),
    );
    const { items, sections } = await createTenantLists(options).read(credentials);
    expect(
      sections.filter(({ failure }) => failure !== null).map(({ section }) => section),
    ).toEqual(['tenant-senders', 'tenant-ips', 'not-filtered']);
    expect(sections[2]?.failure).toContain('You may not.');
    expect(items).toHaveLength(8);
  });

  it('is an error when nothing can be read', async () => {
    const { options } = await exchange(() => ({ status: 500 }));
    await expect(createTenantLists(options).read(credentials)).rejects.toBeInstanceOf(TenantError);
  });
});

describe('reading the junk settings of a mailbox', () => {
  it('goes by way of that mailbox, and takes its lists in any form', async () => {
    const started = await exchange(() => ({
      json: {
        value: [
          {
            TrustedSendersAndDomains: 'friend@outside.example,shop.example',
            TrustedRecipientsAndDomains: ['ignored@outside.example'],
            BlockedSendersAndDomains: ['ex@outside.example'],
            ContactsTrusted: 'True',
            TrustedListsOnly: false,
          },
        ],
      },
    }));
    const lists = createTenantLists(started.options);
    expect(await lists.readJunkSettings(credentials, 'ada@contoso.example')).toEqual({
      safe: ['friend@outside.example', 'shop.example'],
      blocked: ['ex@outside.example'],
      contactsTrusted: true,
      listsOnly: false,
    });
    const asked = started.asked.find(({ service }) => service === 'exchange');
    expect(asked?.headers['x-anchormailbox']).toBe('UPN:ada@contoso.example');
    expect(asked && cmdletOf(asked).parameters).toEqual({ Identity: 'ada@contoso.example' });
  });

  it('a mailbox without any settings has none', async () => {
    const { options } = await exchange(() => ({ json: { value: [] } }));
    const settings = await createTenantLists(options).readJunkSettings(credentials, 'a@b.example');
    expect(settings).toEqual({ safe: [], blocked: [], contactsTrusted: false, listsOnly: false });
  });
});

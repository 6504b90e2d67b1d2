import { PERMISSION_TIERS, type PreflightItem, type PreflightResult } from '@holdfast/domain';
import { describe, expect, it, onTestFinished } from 'vitest';
import { directory } from '../../test/contoso.ts';
import {
  credentials,
  startMicrosoft,
  type Answer,
  type Asked,
  type Script,
} from '../../test/scripted-microsoft.ts';
import { createTenantDirectory } from '../directory/tenant-directory.ts';

const GRAPH = [
  'Directory.Read.All',
  'MailboxSettings.Read',
  'ServiceHealth.Read.All',
  'Mail.ReadWrite',
  'Calendars.Read',
  'Contacts.Read',
  'ExchangeMessageTrace.Read.All',
];
const READING =
  'Get-AcceptedDomain,Get-HostedConnectionFilterPolicy,Get-HostedContentFilterPolicy,Get-InboundConnector,Get-OrganizationConfig,Get-Recipient,Get-TenantAllowBlockListItems,Get-TransportRule';
const WRITING =
  'New-InboundConnector,New-TransportRule,Set-HostedConnectionFilterPolicy,Set-InboundConnector,Set-TransportRule';

const isFor = ({ body }: Asked, resource: string): boolean =>
  (body as { readonly scope?: string } | null)?.scope?.includes(resource) ?? false;

function token(roles: readonly string[]): Answer {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const access = `${part({ alg: 'none' })}.${part({ roles })}.`;
  return { json: { access_token: access, expires_in: 3599 } };
}

interface Tenant {
  readonly graph?: readonly string[];
  readonly exchange?: readonly string[];
  readonly cmdlets?: string;
  /** Rows by the name of a cmdlet. */
  readonly rows?: Readonly<Record<string, readonly object[]>>;
  readonly script?: Script;
}

/** A tenant that grants everything and has nothing in the way, but for what a test says. */
const tenantOf =
  ({ graph = GRAPH, exchange = ['Exchange.ManageAsApp'], ...rest }: Tenant): Script =>
  (asked, base) => {
    const own = rest.script?.(asked, base);
    if (own !== undefined) return own;
    if (asked.service === 'login') return token(isFor(asked, 'graph') ? graph : exchange);
    if (asked.service === 'exchange') return exchangeAnswer(asked, rest);
    if (asked.path.endsWith('/mailFolders/inbox')) return { json: { id: 'inbox' } };
    if (asked.path.endsWith('/mailboxSettings')) return { json: { userPurpose: 'user' } };
    if (asked.path.endsWith('/healthOverviews')) return { json: { value: [] } };
    if (asked.path.endsWith('/messageTraces')) return { json: { value: [] } };
    if (asked.path === '/contacts' || asked.path === '/groups') return { json: { value: [] } };
    return directory(asked, base);
  };

function exchangeAnswer(asked: Asked, { cmdlets, rows = {} }: Tenant): Answer {
  if (asked.path.endsWith('/EXOModuleFile')) {
    const exportedCmdlets = cmdlets ?? `${READING},${WRITING}`;
    return { json: { value: [{ exportedCmdlets }] } };
  }
  const { CmdletInput: input } = asked.body as { CmdletInput: { CmdletName: string } };
  return { json: { value: rows[input.CmdletName] ?? [] } };
}

async function check(
  tenant: Tenant,
  tiers: (typeof PERMISSION_TIERS)[number][] = [...PERMISSION_TIERS],
): Promise<readonly PreflightItem[]> {
  const started = await startMicrosoft(tenantOf(tenant));
  onTestFinished(() => started[Symbol.asyncDispose]());
  const heard: PreflightItem[] = [];
  const items = await createTenantDirectory(started.options).preflight(
    credentials,
    tiers,
    async (item) => {
      heard.push(item);
    },
  );
  expect(items.filter(({ result }) => result !== 'not-asked')).toEqual(heard);
  return items;
}

const other = (items: readonly PreflightItem[]): readonly (readonly string[])[] =>
  items
    .filter(({ result }) => result !== 'ok')
    .map(({ check: name, result, detail }) => [name, result, detail]);

describe('the pre-flight list of a tenant', () => {
  it('is all well where everything is granted and nothing in the way', async () => {
    expect(other(await check({}))).toEqual([]);
  });

  it('tries nothing of a tier that was not asked for', async () => {
    const items = await check({ exchange: [] }, ['read']);
    const tried = items.filter(({ result }) => result !== 'not-asked');
    expect(tried.map(({ check: name }) => name)).toEqual([
      'sign-in',
      'permissions-read',
      'organisation',
      'domains',
      'users',
      'mailbox-kinds',
      'groups',
      'contacts',
      'service-health',
    ]);
  });

  it('without a sign-in checks nothing more', async () => {
    const items = await check({
      script: ({ service }) =>
        service === 'login'
          ? {
              status: 401,
              json: { error: 'invalid_client', error_description: 'AADSTS7000215: No.' },
            }
          : undefined,
    });
    expect(items[0]).toEqual({ check: 'sign-in', result: 'blocked', detail: 'AADSTS7000215: No.' });
    expect(new Set(items.slice(1).map(({ result }) => result))).toEqual(new Set(['not-checked']));
  });

  it('shows each permission for itself', async () => {
    const items = await check({
      graph: ['User.Read.All', 'Mail.ReadWrite'],
      script: ({ path }) =>
        path.endsWith('/healthOverviews') || path === '/contacts'
          ? { status: 403, json: { error: { code: 'Forbidden', message: 'No.' } } }
          : undefined,
    });
    expect(other(items).map(([name, result]) => [name, result])).toEqual([
      ['permissions-read', 'blocked'],
      ['contacts', 'blocked'],
      ['service-health', 'blocked'],
      ['permissions-mailbox', 'attention'],
    ]);
    expect(items.find((item) => item.check === 'permissions-read')?.detail).toContain(
      'Domain.Read.All, Organization.Read.All',
    );
  });

  it('leaves open what Microsoft gave no answer to', async () => {
    const items = await check({
      script: ({ path }) => (path === '/groups' ? { status: 502, text: 'bad gateway' } : undefined),
    });
    expect(other(items).map(([name, result]) => [name, result])).toEqual([
      ['groups', 'not-checked'],
    ]);
  });

  const connector = {
    Name: 'Old filter',
    Enabled: true,
    ConnectorType: 'Partner',
    SenderDomains: ['smtp:*;1'],
    RestrictDomainsToIPAddresses: true,
  };
  const cases: readonly (readonly [string, Tenant, string, PreflightResult, RegExp])[] = [
    [
      'no permission in Exchange',
      { exchange: [] },
      'permissions-configure',
      'blocked',
      /ManageAsApp/,
    ],
    [
      'a role that may not look',
      { cmdlets: WRITING },
      'exchange-cmdlets',
      'blocked',
      /Get-Recipient/,
    ],
    [
      'a role that may only look',
      { cmdlets: READING },
      'exchange-cmdlets',
      'attention',
      /New-Inbound/,
    ],
    [
      'Direct Send rejected',
      { rows: { 'Get-OrganizationConfig': [{ RejectDirectSend: true }] } },
      'direct-send',
      'attention',
      /is on/,
    ],
    [
      'a tenant that cannot be written yet',
      { rows: { 'Get-OrganizationConfig': [{ IsDehydrated: true }] } },
      'customization',
      'blocked',
      /IsDehydrated/,
    ],
    [
      'a connector in the way',
      { rows: { 'Get-InboundConnector': [connector] } },
      'connectors',
      'blocked',
      /Old filter/,
    ],
    [
      'rules that pass the filter by',
      { rows: { 'Get-TransportRule': [{ Name: 'Trusted', State: 'Enabled', SetSCL: '-1' }] } },
      'transport-rules',
      'attention',
      /Trusted/,
    ],
    [
      'a domain that relays unknown recipients',
      {
        rows: {
          'Get-AcceptedDomain': [
            { DomainName: 'a.example', DomainType: 'Authoritative' },
            { DomainName: 'b.example', DomainType: 'InternalRelay' },
          ],
        },
      },
      'domain-types',
      'attention',
      /^b\.example: InternalRelay$/,
    ],
    [
      'a message trace that is not open to applications',
      {
        script: ({ path }) =>
          path.endsWith('/messageTraces')
            ? {
                status: 401,
                json: {
                  error: {
                    code: 'UnknownError',
                    message: 'Service principal-less Authentication failed.',
                  },
                },
              }
            : undefined,
      },
      'message-trace',
      'attention',
      /8bd644d1-64a1-4d4b-ae52-2e0cbf64e373/,
    ],
    [
      'a policy that closes mailboxes',
      {
        script: ({ path }) =>
          path.endsWith('/mailFolders/inbox')
            ? {
                status: 403,
                json: {
                  error: { code: 'ErrorAccessDenied', message: 'Access to OData is disabled.' },
                },
              }
            : undefined,
      },
      'mailbox-read',
      'blocked',
      /OData is disabled/,
    ],
  ];
  it.each(cases)('names %s', async (_name, tenant, name, result, detail) => {
    const item = (await check(tenant)).find((candidate) => candidate.check === name);
    expect(item).toMatchObject({ result, detail: expect.stringMatching(detail) });
  });

  it('takes no offence at our own connector, at one that is off, or at one for a single partner', async () => {
    const rows = [
      { ...connector, Comment: 'holdfast:0192 keep' },
      { ...connector, Enabled: false },
      { ...connector, SenderDomains: ['smtp:partner.example;1'] },
      { ...connector, RestrictDomainsToIPAddresses: false },
    ];
    expect(other(await check({ rows: { 'Get-InboundConnector': rows } }))).toEqual([]);
  });
});

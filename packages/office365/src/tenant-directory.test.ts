import type { DirectoryReading } from '@holdfast/application';
import { afterEach, describe, expect, it } from 'vitest';
import { batchOf, directory, failure, noExchange, plan, tenant } from '../test/contoso.ts';
import {
  credentials,
  startMicrosoft,
  type Script,
  type ScriptedMicrosoft,
} from '../test/scripted-microsoft.ts';
import { createTenantDirectory } from './tenant-directory.ts';

const open: ScriptedMicrosoft[] = [];

afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

async function microsoft(script: Script): Promise<ScriptedMicrosoft> {
  const started = await startMicrosoft(script);
  open.push(started);
  return started;
}

const kinds = (reading: DirectoryReading) =>
  Object.fromEntries(
    reading.objects.map((object) => [
      object.primaryAddress,
      `${object.kind}${object.hasMailbox ? ' +mailbox' : ''}`,
    ]),
  );

describe('reading a tenant without the Exchange permission', () => {
  it('finds domains with their routes, and people by what their mailbox is for', async () => {
    const { options } = await microsoft(tenant(noExchange));
    const seen: number[] = [];
    const reading = await createTenantDirectory(options).read(credentials, (count) =>
      seen.push(count),
    );
    expect(reading.complete).toBe(false);
    expect(reading.memberships).toEqual([]);
    expect(reading.domains).toEqual([
      {
        name: 'contoso.onmicrosoft.com',
        isInitial: true,
        isVerified: true,
        carriesMail: true,
        mx: [],
      },
      {
        name: 'contoso.example',
        isInitial: false,
        isVerified: true,
        carriesMail: true,
        mx: [
          { exchange: 'contoso-example.mail.protection.outlook.com', preference: 0 },
          { exchange: 'b.mx.microsoft', preference: 20 },
        ],
      },
      { name: 'web.example', isInitial: false, isVerified: true, carriesMail: false, mx: [] },
      { name: 'new.example', isInitial: false, isVerified: false, carriesMail: true, mx: [] },
    ]);
    expect(kinds(reading)).toEqual({
      'megan@contoso.example': 'user +mailbox',
      'info@contoso.example': 'shared-mailbox',
      'ann@partner.example': 'guest',
      'new@contoso.example': 'user',
      'room1@contoso.example': 'room',
      'sales@contoso.example': 'group',
      'ann@elsewhere.example': 'contact',
    });
    expect(reading.objects[0]).toMatchObject({
      addresses: ['megan@contoso.example', 'm.b@contoso.example'],
      directoryPhone: '+1 425 555 0101',
      preferredLanguage: 'en-US',
    });
    expect(seen.at(-1)).toBe(8);
  });

  it('without any permission to ask for purposes, a disabled account without a plan is a shared mailbox', async () => {
    const { options } = await microsoft(
      tenant((asked, base) =>
        asked.path === '/$batch'
          ? {
              json: {
                responses: batchOf(asked).map(({ id }) => ({
                  id,
                  status: 403,
                  body: { error: { code: 'ErrorAccessDenied' } },
                })),
              },
            }
          : noExchange(asked, base),
      ),
    );
    const reading = await createTenantDirectory(options).read(credentials, () => undefined);
    expect(kinds(reading)).toMatchObject({
      'megan@contoso.example': 'user +mailbox',
      'info@contoso.example': 'shared-mailbox',
    });
  });

  it('asks 20 purposes at a time, and again for those that were throttled inside the batch', async () => {
    const many = Array.from({ length: 45 }, (_none, at) => ({
      id: `m${at}`,
      mail: `m${at}@contoso.example`,
      assignedPlans: plan('Enabled'),
    }));
    let throttled = true;
    const started = await microsoft(
      tenant((asked, base) => {
        if (asked.path === '/users') return { json: { value: many } };
        if (asked.path !== '/$batch') return noExchange(asked, base);
        const responses = batchOf(asked).map(({ id }, at) =>
          throttled && at === 3
            ? { id, status: 429, headers: { 'Retry-After': '7' }, body: {} }
            : { id, status: 200, body: { userPurpose: 'user' } },
        );
        throttled = false;
        return { json: { responses } };
      }),
    );
    const reading = await createTenantDirectory(started.options).read(credentials, () => undefined);
    const sizes = started.asked
      .filter(({ path }) => path === '/$batch')
      .map((asked) => batchOf(asked).length);
    expect(sizes).toEqual([20, 1, 20, 5]);
    expect(started.pauses).toEqual([7000]);
    expect(reading.objects.filter((object) => object.hasMailbox)).toHaveLength(45);
  });
});

describe('reading a tenant with the Exchange permission', () => {
  const row = (address: string, type: string, id = '') => ({
    PrimarySmtpAddress: address,
    EmailAddresses: [
      `SMTP:${address}`,
      { ProxyAddressString: `smtp:alias-${address}` },
      'X500:/o=x',
    ],
    RecipientTypeDetails: type,
    ExternalDirectoryObjectId: id,
    DisplayName: address,
    Guid: `guid-${address}`,
  });
  const recipients = [
    row('Megan@contoso.example', 'UserMailbox', 'u1'),
    row('info@contoso.example', 'SharedMailbox', 'u2'),
    row('room1@contoso.example', 'RoomMailbox', 'u5'),
    row('beamer@contoso.example', 'EquipmentMailbox'),
    row('sales@contoso.example', 'MailUniversalDistributionGroup', 'g1'),
    row('team@contoso.example', 'GroupMailbox', 'g2'),
    row('all@contoso.example', 'DynamicDistributionGroup'),
    row('partner@contoso.example', 'MailUser'),
  ];
  const members: Readonly<Record<string, readonly string[]>> = {
    'Get-DistributionGroupMember sales@contoso.example': [
      'team@contoso.example',
      'alias-all@contoso.example',
      'info@contoso.example',
    ],
    'Get-UnifiedGroupLinks team@contoso.example': [
      'sales@contoso.example',
      'Megan@contoso.example',
    ],
    'Get-DynamicDistributionGroupMember all@contoso.example': ['ann@partner.example'],
  };
  const exchange: Script = (asked, base) => {
    if (asked.service !== 'exchange') return undefined;
    const { CmdletName: name, Parameters: parameters } = (
      asked.body as { CmdletInput: { CmdletName: string; Parameters: Record<string, string> } }
    ).CmdletInput;
    if (name === 'Get-Recipient') {
      return asked.query.get('page') === null
        ? {
            json: {
              value: recipients.slice(0, 5),
              '@odata.nextLink': `${base}/exchange${asked.path}?page=2`,
            },
          }
        : { json: { value: recipients.slice(5) } };
    }
    if (name === 'Get-MailPublicFolder')
      return {
        json: {
          value: [
            {
              PrimarySmtpAddress: 'folder@contoso.example',
              EmailAddresses: 'SMTP:folder@contoso.example',
              Name: 'Folder',
              Guid: 'guid-folder',
            },
          ],
        },
      };
    const found = members[`${name} ${parameters['Identity']}`];
    return found === undefined
      ? undefined
      : { json: { value: found.map((address) => ({ PrimarySmtpAddress: address })) } };
  };

  it('is complete, with every kind, and groups expanded through each other and in a circle', async () => {
    const started = await microsoft(tenant(exchange));
    const reading = await createTenantDirectory(started.options).read(credentials, () => undefined);
    expect(reading.complete).toBe(true);
    expect(kinds(reading)).toMatchObject({
      'megan@contoso.example': 'user +mailbox',
      'info@contoso.example': 'shared-mailbox',
      'room1@contoso.example': 'room',
      'beamer@contoso.example': 'equipment',
      'sales@contoso.example': 'group',
      'team@contoso.example': 'group',
      'all@contoso.example': 'dynamic-group',
      'folder@contoso.example': 'public-folder',
      'partner@contoso.example': 'contact',
      'ann@partner.example': 'guest',
    });
    const everyone = ['ann@partner.example', 'info@contoso.example', 'megan@contoso.example'];
    expect(reading.memberships).toEqual([
      { groupExternalId: 'g1', memberAddresses: everyone },
      { groupExternalId: 'g2', memberAddresses: everyone },
      { groupExternalId: 'guid-all@contoso.example', memberAddresses: ['ann@partner.example'] },
    ]);
    const headers = started.asked.find(({ service }) => service === 'exchange')?.headers;
    expect(headers).toMatchObject({
      'x-anchormailbox':
        'UPN:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@contoso.onmicrosoft.com',
      prefer: 'odata.maxpagesize=1000',
      'x-cmdletname': 'Get-Recipient',
    });
  });

  it('a busy Exchange is an error, not a shorter list', async () => {
    const { options } = await microsoft(
      tenant(({ service }) => (service === 'exchange' ? { status: 500 } : undefined)),
    );
    expect(
      await failure(createTenantDirectory(options).read(credentials, () => undefined)),
    ).toMatchObject({ code: 'unavailable' });
  });
});

describe('preflight', () => {
  const jwt = (roles: readonly string[]): string =>
    `${[{ alg: 'none' }, { roles }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  const oks = async (script: Script): Promise<Record<string, boolean>> => {
    const { options } = await microsoft(script);
    const items = await createTenantDirectory(options).preflight(credentials);
    return Object.fromEntries(items.map(({ check, ok }) => [check, ok]));
  };

  it('shows each permission for itself', async () => {
    const granted: Script = (asked, base) => {
      if (asked.service === 'login')
        return {
          json: { access_token: jwt(['User.Read.All', 'Mail.ReadWrite']), expires_in: 3599 },
        };
      if (asked.path.endsWith('/mailboxSettings'))
        return { status: 404, json: { error: { code: 'MailboxNotEnabledForRESTAPI' } } };
      if (asked.path.endsWith('/healthOverviews')) return { status: 403 };
      if (asked.service === 'exchange') return { json: { value: [] } };
      return directory(asked, base);
    };
    expect(await oks(granted)).toEqual({
      'sign-in': true,
      organisation: true,
      domains: true,
      users: true,
      'mailbox-kinds': true,
      exchange: true,
      'mail-write': true,
      'service-health': false,
    });
  });

  it('without a sign-in checks nothing more', async () => {
    const started = await microsoft(({ service }) =>
      service === 'login' ? { status: 401, json: { error: 'invalid_client' } } : undefined,
    );
    const items = await createTenantDirectory(started.options).preflight(credentials);
    expect(items.map(({ ok }) => ok)).toEqual(Array.from({ length: 8 }, () => false));
    expect(started.asked).toHaveLength(1);
  });
});

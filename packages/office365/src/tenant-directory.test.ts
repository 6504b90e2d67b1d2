import { TenantError, type DirectoryReading } from '@holdfast/application';
import { afterEach, describe, expect, it } from 'vitest';
import {
  contractFaults,
  credentials,
  startMicrosoft,
  type Answer,
  type Asked,
  type Script,
  type ScriptedMicrosoft,
} from '../test/scripted-microsoft.ts';
import { createTenantDirectory } from './tenant-directory.ts';

const PLAN_2 = 'EFB87545-963c-4e0d-99df-69c6916d9eb0';
const plan = (capabilityStatus: string) => [
  { service: 'exchange', servicePlanId: PLAN_2, capabilityStatus },
];
const open: ScriptedMicrosoft[] = [];

afterEach(async () => {
  for (const microsoft of open.splice(0)) {
    const faults = microsoft.asked
      .filter(({ service }) => service === 'graph')
      .flatMap(contractFaults);
    await microsoft[Symbol.asyncDispose]();
    // The contract: every Graph request of every test here fits Microsoft's own description.
    expect(faults).toEqual([]);
  }
});

async function microsoft(script: Script): Promise<ScriptedMicrosoft> {
  const started = await startMicrosoft(script);
  open.push(started);
  return started;
}

const users = [
  {
    id: 'u1',
    displayName: 'Megan',
    mail: 'Megan@contoso.example',
    proxyAddresses: [
      'smtp:m.b@contoso.example',
      'SMTP:Megan@contoso.example',
      'SIP:megan@contoso.example',
      'X500:/o=x',
    ],
    assignedPlans: plan('Enabled'),
    userType: 'Member',
    accountEnabled: true,
    mobilePhone: '+1 425 555 0101',
    preferredLanguage: 'en-US',
  },
  {
    id: 'u2',
    displayName: 'Info',
    mail: 'info@contoso.example',
    proxyAddresses: ['SMTP:info@contoso.example'],
    assignedPlans: [],
    accountEnabled: false,
  },
  { id: 'u3', displayName: 'Guest', mail: 'ann@partner.example', userType: 'Guest' },
  {
    id: 'u4',
    displayName: 'No licence',
    mail: 'new@contoso.example',
    userType: 'Member',
    assignedPlans: plan('Deleted'),
  },
  { id: 'u5', displayName: 'Room 1', mail: 'room1@contoso.example', accountEnabled: false },
  { id: 'u6', displayName: 'No mail at all', mail: null, proxyAddresses: [] },
];
const purposes: Readonly<Record<string, string>> = { u1: 'User', u2: 'shared', u5: 'room' };

function tenant(
  more: (asked: Asked, base: string) => Answer | undefined = () => undefined,
): Script {
  return (asked, base) => more(asked, base) ?? directory(asked, base);
}

function directory(asked: Asked, base: string): Answer | undefined {
  if (asked.service !== 'graph') return undefined;
  switch (asked.path) {
    case '/domains':
      return {
        json: {
          value: [
            {
              id: 'contoso.onmicrosoft.com',
              isInitial: true,
              isVerified: true,
              supportedServices: ['email'],
            },
            {
              id: 'Contoso.example',
              isInitial: false,
              isVerified: true,
              supportedServices: ['Email', 'Intune'],
            },
            { id: 'web.example', isInitial: false, isVerified: true, supportedServices: [] },
            {
              id: 'new.example',
              isInitial: false,
              isVerified: false,
              supportedServices: ['Email'],
            },
          ],
        },
      };
    case '/domains/Contoso.example/serviceConfigurationRecords':
      return {
        json: {
          value: [
            {
              '@odata.type': 'microsoft.graph.domainDnsTxtRecord',
              id: 't',
              recordType: 'Txt',
              supportedService: 'Email',
              text: 'v=spf1',
            },
            {
              '@odata.type': 'microsoft.graph.domainDnsMxRecord',
              id: 'b',
              recordType: 'Mx',
              supportedService: 'Email',
              mailExchange: 'B.mx.microsoft.',
              preference: 20,
            },
            {
              '@odata.type': '#microsoft.graph.domainDnsMxRecord',
              id: 'a',
              recordType: 'mx',
              supportedService: 'email',
              mailExchange: 'contoso-example.mail.protection.outlook.com',
              preference: 0,
            },
            {
              '@odata.type': '#microsoft.graph.domainDnsMxRecord',
              id: 's',
              recordType: 'Mx',
              supportedService: 'OfficeCommunicationsOnline',
              mailExchange: 'sip.example',
              preference: 0,
            },
          ],
        },
      };
    case '/domains/contoso.onmicrosoft.com/serviceConfigurationRecords':
      return { json: { value: [] } };
    case '/users':
      return asked.query.get('$skiptoken') === null
        ? {
            json: {
              value: users.slice(0, 2),
              '@odata.nextLink': `${base}/graph/v1.0/users?$skiptoken=2`,
            },
          }
        : { json: { value: users.slice(2) } };
    case '/groups':
      return {
        json: {
          value: [
            {
              id: 'g1',
              displayName: 'Sales',
              mail: 'sales@contoso.example',
              proxyAddresses: ['SMTP:sales@contoso.example'],
            },
          ],
        },
      };
    case '/contacts':
      return {
        json: {
          value: [
            {
              id: 'c1',
              displayName: 'Ann',
              mail: 'ann@elsewhere.example',
              proxyAddresses: ['SMTP:ann@elsewhere.example'],
            },
          ],
        },
      };
    case '/organization':
      return {
        json: {
          value: [
            {
              id: 'o',
              displayName: 'Contoso',
              verifiedDomains: [
                { name: 'contoso.example' },
                { name: 'contoso.onmicrosoft.com', isInitial: true },
              ],
            },
          ],
        },
      };
    case '/$batch':
      return {
        json: {
          responses: batchOf(asked)
            .toReversed()
            .map(({ id, url }) => purposeAnswer(id, url)),
        },
      };
    default:
      return undefined;
  }
}

function batchOf(asked: Asked): readonly { readonly id: string; readonly url: string }[] {
  return (asked.body as { requests: { id: string; url: string }[] }).requests;
}

function purposeAnswer(id: string, url: string) {
  const userPurpose = purposes[/users\/(\w+)\//.exec(url)?.[1] ?? ''];
  return userPurpose === undefined
    ? { id, status: 404, body: { error: { code: 'MailboxNotEnabledForRESTAPI' } } }
    : { id, status: 200, body: { userPurpose } };
}

const kinds = (reading: DirectoryReading) =>
  Object.fromEntries(
    reading.objects.map((object) => [
      object.primaryAddress,
      `${object.kind}${object.hasMailbox ? ' +mailbox' : ''}`,
    ]),
  );

async function failure(run: Promise<unknown>): Promise<TenantError['failure']> {
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TenantError)) throw new Error(`no TenantError: ${String(error)}`);
  return error.failure;
}

const noExchange: Script = ({ service }) =>
  service === 'exchange' ? { status: 403, text: '\u0000\u0000' } : undefined;

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

describe('what the sign-in says', () => {
  it.each([
    ['AADSTS7000215: Invalid client secret provided.', 401, 'invalid_client', 'sign-in-failed'],
    [
      'AADSTS7000222: The provided client secret keys are expired.',
      401,
      'invalid_client',
      'sign-in-failed',
    ],
    ['AADSTS700027: The certificate is not registered.', 401, 'invalid_client', 'sign-in-failed'],
    [
      'AADSTS700016: Application not found in the directory.',
      400,
      'unauthorized_client',
      'not-consented',
    ],
    ['AADSTS90002: Tenant not found.', 400, 'invalid_request', 'tenant-unknown'],
    ['Something new', 400, 'invalid_request', 'unexpected'],
    ['', 500, '', 'unavailable'],
  ] as const)('%s', async (description, status, error, code) => {
    const { options } = await microsoft(({ service }) =>
      service === 'login'
        ? { status, json: { error, error_description: `${description} Trace ID: 4711` } }
        : undefined,
    );
    const said = await failure(createTenantDirectory(options).probeSignIn(credentials));
    expect(said.code).toBe(code);
    expect(said.detail).not.toMatch(/Trace ID|top-secret/);
  });

  it('nobody there', async () => {
    const started = await startMicrosoft(() => undefined);
    await started[Symbol.asyncDispose]();
    expect(
      await failure(createTenantDirectory(started.options).probeSignIn(credentials)),
    ).toMatchObject({ code: 'unreachable' });
  });
});

describe('what Graph says', () => {
  it.each([
    [401, {}, 'sign-in-failed'],
    [
      403,
      { error: { code: 'ErrorAccessDenied', message: 'Access to OData is disabled.' } },
      'forbidden',
    ],
    [404, { error: { code: 'MailboxNotEnabledForRESTAPI', message: 'x' } }, 'not-found'],
    [429, { error: { code: 'TooManyRequests', message: 'x' } }, 'throttled'],
    [500, null, 'unavailable'],
    [503, { error: { code: 'ErrorMailboxStoreUnavailable', message: 'x' } }, 'unavailable'],
    [504, {}, 'unavailable'],
    [400, {}, 'unexpected'],
  ] as const)('%i', async (status, json, code) => {
    const started = await microsoft(({ service }) =>
      service === 'graph' ? { status, json, headers: { 'retry-after': '5' } } : undefined,
    );
    const probe = createTenantDirectory(started.options).probeMailbox(
      credentials,
      'megan@contoso.example',
    );
    expect(await failure(probe)).toMatchObject({ code });
    // A probe takes the first answer: waiting would hide what it is there to see.
    expect(started.pauses).toEqual([]);
  });

  it.each([
    [429, '3', [3000]],
    [503, 'Mon, 23 Nov 2026 00:00:10 GMT', [10_000]],
    [503, null, [1000]],
  ] as const)('%i with Retry-After %s is waited for', async (status, after, pauses) => {
    let busy = true;
    const started = await microsoft((asked, base) => {
      if (asked.path !== '/organization' || !busy) return directory(asked, base);
      busy = false;
      return { status, headers: after === null ? {} : { 'retry-after': after } };
    });
    await expect(createTenantDirectory(started.options).profile(credentials)).resolves.toEqual({
      displayName: 'Contoso',
      initialDomain: 'contoso.onmicrosoft.com',
    });
    expect(started.pauses).toEqual(pauses);
  });

  it('is asked a bounded number of times, and a long pause is reported instead of waited for', async () => {
    const started = await microsoft(({ service }) =>
      service === 'graph' ? { status: 429 } : undefined,
    );
    expect(
      await failure(createTenantDirectory(started.options).profile(credentials)),
    ).toMatchObject({ code: 'throttled' });
    expect(started.pauses).toEqual([1000, 2000, 4000, 8000]);
    const later = await microsoft(({ service }) =>
      service === 'graph' ? { status: 429, headers: { 'retry-after': '600' } } : undefined,
    );
    expect(await failure(createTenantDirectory(later.options).profile(credentials))).toMatchObject({
      code: 'throttled',
      retryAfter: 600_000,
    });
    expect(later.pauses).toEqual([]);
  });

  it.each([
    'http://169.254.169.254/latest',
    'http://127.0.0.1:1/graph/v1.0/organization',
    '/relative',
  ])('a next page at %s is not followed', async (link) => {
    const { options } = await microsoft((asked) =>
      asked.service === 'graph' ? { json: { value: [], '@odata.nextLink': link } } : undefined,
    );
    expect(await failure(createTenantDirectory(options).profile(credentials))).toMatchObject({
      code: 'unexpected',
    });
  });

  it('pages in a circle end', async () => {
    const { options } = await microsoft((asked, base) =>
      asked.service === 'graph'
        ? { json: { value: [], '@odata.nextLink': `${base}/graph/v1.0/organization?$select=id` } }
        : undefined,
    );
    expect(await failure(createTenantDirectory(options).profile(credentials))).toMatchObject({
      code: 'unexpected',
    });
  });

  it('one unreadable user fails the reading: leaving it out would look like a removal', async () => {
    const { options } = await microsoft(
      tenant((asked, base) =>
        asked.path === '/users'
          ? { json: { value: [{ displayName: 'x' }] } }
          : noExchange(asked, base),
      ),
    );
    expect(
      await failure(createTenantDirectory(options).read(credentials, () => undefined)),
    ).toMatchObject({ code: 'unexpected' });
  });
});

describe('tokens', () => {
  const logins = (started: ScriptedMicrosoft): number =>
    started.asked.filter(({ service }) => service === 'login').length;

  it('are kept until shortly before they expire, and per secret', async () => {
    const started = await microsoft(directory);
    const tenantDirectory = createTenantDirectory(started.options);
    await Promise.all([tenantDirectory.profile(credentials), tenantDirectory.profile(credentials)]);
    expect(logins(started)).toBe(1);
    started.now += 3_290_000;
    await tenantDirectory.profile(credentials);
    expect(logins(started)).toBe(1);
    started.now += 20_000;
    await tenantDirectory.profile(credentials);
    expect(logins(started)).toBe(2);
    await tenantDirectory.profile({ ...credentials, clientSecret: 'other' });
    expect(logins(started)).toBe(3);
  });

  it('are asked for anew by a sign-in probe, and after a 401', async () => {
    let revoked = false;
    const started = await microsoft((asked, base) => {
      if (asked.service === 'graph' && revoked) {
        revoked = false;
        return { status: 401 };
      }
      return directory(asked, base);
    });
    const tenantDirectory = createTenantDirectory(started.options);
    await tenantDirectory.profile(credentials);
    await tenantDirectory.probeSignIn(credentials);
    expect(logins(started)).toBe(2);
    revoked = true;
    await tenantDirectory.profile(credentials);
    expect(logins(started)).toBe(3);
  });

  it('go to Graph and to Exchange apart, one scope each', async () => {
    const started = await microsoft(tenant(noExchange));
    await createTenantDirectory(started.options).read(credentials, () => undefined);
    const scopes = started.asked
      .filter(({ service }) => service === 'login')
      .map(({ body }) => (body as { scope: string }).scope);
    expect(new Set(scopes)).toEqual(
      new Set(['https://graph.microsoft.com/.default', 'https://outlook.office365.com/.default']),
    );
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

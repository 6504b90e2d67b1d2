import { TenantError } from '@holdfast/application';
import type { Answer, Asked, Script } from './scripted-microsoft.ts';

const PLAN_2 = 'EFB87545-963c-4e0d-99df-69c6916d9eb0';
const plan = (capabilityStatus: string) => [
  { service: 'exchange', servicePlanId: PLAN_2, capabilityStatus },
];
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

export function tenant(
  more: (asked: Asked, base: string) => Answer | undefined = () => undefined,
): Script {
  return (asked, base) => more(asked, base) ?? directory(asked, base);
}

export function directory(asked: Asked, base: string): Answer | undefined {
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
      return { json: { value: users.slice(0, 1) } };
    case '/users/delta':
      return asked.query.get('$skiptoken') === null
        ? {
            json: {
              value: users.slice(0, 2),
              '@odata.nextLink': `${base}/graph/v1.0/users/delta?$skiptoken=2`,
            },
          }
        : { json: { value: users.slice(2), '@odata.deltaLink': markOf(base, 'users') } };
    case '/groups/delta':
      return {
        json: {
          value: [
            {
              id: 'g1',
              displayName: 'Sales',
              mail: 'sales@contoso.example',
              proxyAddresses: ['SMTP:sales@contoso.example'],
              'members@delta': [{ id: 'u1' }, { id: 'g2' }],
            },
          ],
          '@odata.deltaLink': markOf(base, 'groups'),
        },
      };
    case '/contacts/delta':
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
          '@odata.deltaLink': markOf(base, 'contacts'),
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

export const markOf = (base: string, collection: string): string =>
  `${base}/graph/v1.0/${collection}/delta?$deltatoken=after`;

export function batchOf(asked: Asked): readonly { readonly id: string; readonly url: string }[] {
  return (asked.body as { requests: { id: string; url: string }[] }).requests;
}

function purposeAnswer(id: string, url: string) {
  const userPurpose = purposes[/users\/(\w+)\//.exec(url)?.[1] ?? ''];
  return userPurpose === undefined
    ? { id, status: 404, body: { error: { code: 'MailboxNotEnabledForRESTAPI' } } }
    : { id, status: 200, body: { userPurpose } };
}

export async function failure(run: Promise<unknown>): Promise<TenantError['failure']> {
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TenantError)) throw new Error(`no TenantError: ${String(error)}`);
  return error.failure;
}

export const noExchange: Script = ({ service }) =>
  service === 'exchange' ? { status: 403, text: '\u0000\u0000' } : undefined;

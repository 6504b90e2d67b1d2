import {
  TenantError,
  type OwnApplication,
  type TenantConsent,
  type TenantCredentials,
  type TenantGrant,
} from '@holdfast/application';
import type { GrantedRoles, PermissionTier } from '@holdfast/domain';

export const CONTOSO_TENANT = '11111111-2222-4333-8444-555555555555';
export const FABRIKAM_TENANT = '99999999-8888-4777-8666-555555555555';

const READ = [
  'User.Read.All',
  'MailboxSettings.Read',
  'Domain.Read.All',
  'Organization.Read.All',
  'GroupMember.Read.All',
  'OrgContact.Read.All',
  'ServiceHealth.Read.All',
];

const TRACE = 'ExchangeMessageTrace.Read.All';

/** What a tenant grants by admitting one of our applications. */
export const ROLES: Readonly<Record<PermissionTier, GrantedRoles>> = {
  read: { graph: READ, exchange: [] },
  configure: { graph: [...READ, TRACE], exchange: ['Exchange.ManageAsApp'] },
  mailbox: {
    graph: [...READ, TRACE, 'Mail.ReadWrite', 'Calendars.Read', 'Contacts.Read'],
    exchange: ['Exchange.ManageAsApp'],
  },
};

const OWN: readonly OwnApplication[] = (
  [
    ['holdfast-read', ['read']],
    ['holdfast-configure', ['read', 'configure']],
    ['holdfast-all', ['read', 'configure', 'mailbox']],
  ] as const
).map(([clientId, tiers]) => ({
  clientId,
  tiers,
  proof: { kind: 'secret', secret: 'the secret of our own application' },
}));

/** Entra ID as a test turns it: which tenants there are, and which of our applications they have admitted. */
export interface FakeEntra {
  readonly tenants: Map<string, string>;
  /** `<tenant id> <client id>` → what is granted. */
  readonly admitted: Map<string, GrantedRoles>;
  /** The tenant that tokens name, where it is not the one that was asked. */
  tokenTenant: string | null;
  readonly consent: TenantConsent;
}

export function createFakeEntra(fail: () => void): FakeEntra {
  const tenants = new Map([
    ['contoso.onmicrosoft.com', CONTOSO_TENANT],
    ['contoso.example', CONTOSO_TENANT],
    ['fabrikam.example', FABRIKAM_TENANT],
    ['fabrikam.onmicrosoft.com', FABRIKAM_TENANT],
  ]);
  const admitted = new Map<string, GrantedRoles>();
  const idOf = (name: string): string => {
    const id = [...tenants.values()].includes(name) ? name : tenants.get(name);
    if (id !== undefined) return id;
    throw new TenantError({ code: 'tenant-unknown', detail: 'AADSTS90002', retryAfter: null });
  };
  const readGrant = async ({ tenantId, clientId }: TenantCredentials): Promise<TenantGrant> => {
    fail();
    const tenant = idOf(tenantId);
    const granted = clientId.startsWith('holdfast')
      ? admitted.get(`${tenant} ${clientId}`)
      : ROLES.mailbox;
    if (granted === undefined)
      throw new TenantError({ code: 'not-consented', detail: 'AADSTS700016', retryAfter: null });
    return { tenantId: entra.tokenTenant ?? tenant, granted };
  };
  const entra: FakeEntra = {
    tenants,
    admitted,
    tokenTenant: null,
    consent: {
      applications: OWN,
      findTenant: async (name) => {
        fail();
        return idOf(name);
      },
      consentUrl: ({ tenantId, clientId, redirectUri, state }) => {
        const query = new URLSearchParams({
          client_id: clientId,
          redirect_uri: redirectUri,
          state,
        });
        return `https://login.example/${tenantId}/v2.0/adminconsent?${query.toString()}`;
      },
      readGrant,
      awaitGrant: readGrant,
    },
  };
  return entra;
}

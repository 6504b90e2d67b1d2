import type {
  DirectoryReading,
  ExchangeAdministration,
  JunkSettings,
  TenantDirectory,
  TenantDomainWithRoute,
  TenantListItem,
  TenantLists,
  TenantListsReading,
  TenantObject,
  TenantProfile,
} from '@holdfast/application';
import { planOrder, type DirectoryKind, type ExchangeState } from '@holdfast/domain';
import { createFakeEntra, type FakeEntra } from './fake-entra.ts';
import { evolveExchange } from '@holdfast/domain/testing';

const MX = [{ exchange: 'contoso-example.mail.protection.outlook.example', preference: 0 }];

const CONTOSO_DOMAINS: readonly TenantDomainWithRoute[] = [
  { name: 'contoso.example', isInitial: false, isVerified: true, carriesMail: true, mx: MX },
  { name: 'contoso.onmicrosoft.com', isInitial: true, isVerified: true, carriesMail: true, mx: MX },
  { name: 'unverified.example', isInitial: false, isVerified: false, carriesMail: true, mx: [] },
];

export function tenantObject(
  local: string,
  change: Partial<TenantObject> & { readonly kind?: DirectoryKind } = {},
): TenantObject {
  const primaryAddress = change.primaryAddress ?? `${local}@contoso.example`;
  return {
    externalId: `ext-${local}`,
    kind: 'user',
    displayName: local,
    primaryAddress,
    addresses: [primaryAddress],
    hasMailbox: true,
    accountEnabled: true,
    directoryPhone: null,
    preferredLanguage: null,
    ...change,
  };
}

/** Two users, and one object of every kind that cannot be protected. */
const CONTOSO_OBJECTS: readonly TenantObject[] = [
  tenantObject('ada'),
  tenantObject('ben'),
  tenantObject('initial', { primaryAddress: 'initial@contoso.onmicrosoft.com' }),
  tenantObject('folder', { kind: 'public-folder', hasMailbox: false }),
  tenantObject('shared', { kind: 'shared-mailbox' }),
  tenantObject('room', { kind: 'room' }),
  tenantObject('beamer', { kind: 'equipment' }),
  tenantObject('group', { kind: 'group', hasMailbox: false }),
  tenantObject('dynamic', { kind: 'dynamic-group', hasMailbox: false }),
  tenantObject('contact', { kind: 'contact', hasMailbox: false }),
  tenantObject('guest', { kind: 'guest', hasMailbox: false }),
  tenantObject('nobox', { hasMailbox: false }),
  tenantObject('stray', { primaryAddress: 'stray@unverified.example' }),
];

/** What the tenant says; tests change it in place. */
export interface FakeTenant {
  profile: TenantProfile;
  reading: DirectoryReading;
  lists: TenantListsReading;
  /** Junk settings by mailbox; none: an empty one. An error: what reading it fails with. */
  readonly junk: Map<string, Partial<JunkSettings> | Error>;
  failure: Error | null;
  exchangeState: ExchangeState;
  listReads: number;
  readonly entra: FakeEntra;
  readonly directory: TenantDirectory;
  readonly exchange: ExchangeAdministration;
  readonly tenantLists: TenantLists;
}

export function createFakeTenant(): FakeTenant {
  const fail = (): void => {
    if (tenant.failure !== null) throw tenant.failure;
  };
  const tenant: FakeTenant = {
    profile: { displayName: 'Contoso', initialDomain: 'contoso.onmicrosoft.com' },
    reading: {
      domains: CONTOSO_DOMAINS,
      objects: CONTOSO_OBJECTS,
      memberships: [],
      complete: true,
    },
    lists: tenantLists([
      listItem('block', 'spammer@bad.example'),
      listItem('allow', '*.Partner.example'),
      { ...listItem('allow', '*.partner.example'), source: 'tenant-list', policy: 'Tenant list' },
      listItem('allow', 'contoso.example'),
      listItem('block', 'not an entry'),
    ]),
    junk: new Map(),
    failure: null,
    exchangeState: {
      organisation: { dehydrated: false, rejectDirectSend: false },
      connectors: [],
      allowedAddresses: ['198.51.100.7'],
      rules: [],
      sealers: [],
    },
    listReads: 0,
    entra: createFakeEntra(fail),
    directory: {
      profile: async () => {
        fail();
        return tenant.profile;
      },
      read: async () => {
        fail();
        return tenant.reading;
      },
      domains: async () => {
        fail();
        return tenant.reading.domains;
      },
      preflight: async () => {
        fail();
        return [{ check: 'users', ok: true, blocks: '', detail: 'works' }];
      },
      probeSignIn: async () => ({ latency: 1 }),
      probeMailbox: async () => ({ latency: 1 }),
    },
    exchange: {
      readState: async () => {
        fail();
        return { state: tenant.exchangeState, unreadable: [] };
      },
      carryOut: async (_credentials, order, journal) => {
        fail();
        const { steps } = planOrder(tenant.exchangeState, order);
        for (const step of steps) {
          await journal(step, 'intended');
          tenant.exchangeState = evolveExchange(tenant.exchangeState, step);
          await journal(step, 'done');
        }
        const after = { state: tenant.exchangeState, unreadable: [] };
        return { kind: 'done', steps, warnings: [], after };
      },
    },
    tenantLists: {
      read: async () => {
        fail();
        tenant.listReads += 1;
        return tenant.lists;
      },
      readJunkSettings: async (_credentials, mailbox) => {
        fail();
        const settings = tenant.junk.get(mailbox);
        if (settings instanceof Error) throw settings;
        return { safe: [], blocked: [], contactsTrusted: false, listsOnly: false, ...settings };
      },
    },
  };
  return tenant;
}

const SECTIONS = [
  'content-filter',
  'content-filter-rules',
  'tenant-senders',
  'tenant-ips',
  'connection-filter',
  'not-filtered',
  'spoofs',
] as const;

/** What a tenant's lists say, all sections read. */
export function tenantLists(
  items: readonly TenantListItem[],
  rules: TenantListsReading['rules'] = [],
): TenantListsReading {
  return {
    items,
    rules,
    notFiltered: { urls: 0, files: 0, simulations: 0 },
    spoofs: [],
    sections: SECTIONS.map((section) => ({ section, failure: null })),
  };
}

export function listItem(
  kind: TenantListItem['kind'],
  value: string,
  policy = 'Default',
): TenantListItem {
  return { kind, value, source: 'content-filter', policy, expiresAt: null };
}

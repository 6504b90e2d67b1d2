import type {
  DirectoryFact,
  ExchangeAdministration,
  ExchangeListing,
  GraphCollection,
  JunkSettings,
  TenantDirectory,
  TenantDomainWithRoute,
  TenantHealth,
  TenantListItem,
  TenantLists,
  TenantListsReading,
  TenantObject,
  TenantProfile,
} from '@holdfast/application';
import {
  type DirectoryKind,
  emptyPreflight,
  type ExchangeState,
  isTenantCheck,
  planOrder,
  type PreflightCheck,
  type PreflightItem,
} from '@holdfast/domain';
import { createFakeEntra, type FakeEntra } from './fake-entra.ts';
import { evolveExchange } from '@holdfast/domain/testing';

const MX = [{ exchange: 'contoso-example.mail.protection.outlook.example', preference: 0 }];

const CONTOSO_DOMAINS: readonly TenantDomainWithRoute[] = [
  {
    name: 'contoso.example',
    isInitial: false,
    isVerified: true,
    carriesMail: true,
    mx: MX,
    mailType: 'authoritative',
  },
  {
    name: 'contoso.onmicrosoft.com',
    isInitial: true,
    isVerified: true,
    carriesMail: true,
    mx: MX,
    mailType: 'authoritative',
  },
  {
    name: 'unverified.example',
    isInitial: false,
    isVerified: false,
    carriesMail: true,
    mx: [],
    mailType: null,
  },
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

interface FakeReading {
  readonly domains: readonly TenantDomainWithRoute[];
  readonly objects: readonly TenantObject[];
  /** Direct members by external ids. */
  readonly members: readonly { readonly groupId: string; readonly memberId: string }[];
  /** Groups, by external id, that not everybody may write to. */
  readonly restricted: readonly string[];
  /** Exchange may be asked. */
  readonly complete: boolean;
}

/** What the tenant says; tests change it in place. */
export interface FakeTenant {
  profile: TenantProfile;
  reading: FakeReading;
  lists: TenantListsReading;
  /** Junk settings by mailbox; none: an empty one. An error: what reading it fails with. */
  readonly junk: Map<string, Partial<JunkSettings> | Error>;
  failure: Error | null;
  exchangeState: ExchangeState;
  listReads: number;
  /** What the pre-flight list finds, where it is not `ok`. */
  readonly findings: Map<PreflightCheck, Omit<PreflightItem, 'check'>>;
  readonly entra: FakeEntra;
  rounds: number;
  readonly directory: TenantDirectory;
  readonly exchange: ExchangeAdministration;
  readonly tenantHealth: TenantHealth;
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
      members: [],
      restricted: [],
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
    findings: new Map(),
    entra: createFakeEntra(fail),
    rounds: 0,
    directory: {
      profile: async () => {
        fail();
        return tenant.profile;
      },
      domains: async () => {
        fail();
        return tenant.reading.domains;
      },
      // Marks are for the simulator: here everything comes every time.
      round: async (_credentials, collection, _from, receiver) => {
        fail();
        tenant.rounds += 1;
        await receiver.page(roundOf(tenant.reading, collection));
        return { deltaLink: `mark ${tenant.rounds}`, full: true };
      },
      listing: async (_credentials, listing, receive) => {
        fail();
        if (tenant.reading.complete) await receive(listingOf(tenant.reading, listing));
        return tenant.reading.complete;
      },
      members: async () => {
        fail();
        return true;
      },
      purposes: async () => {
        fail();
        return false;
      },
      preflight: async (_credentials, tiers, onItem) => {
        fail();
        const items = emptyPreflight(tiers)
          .filter(({ check, result }) => result === 'waiting' && isTenantCheck(check))
          .map(({ check }): PreflightItem => ({
            check,
            ...(tenant.findings.get(check) ?? { result: 'ok', detail: '' }),
          }));
        for (const item of items) await onItem(item);
        return items;
      },
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
    tenantHealth: {
      probeSignIn: async () => {
        fail();
        return { latency: 1 };
      },
      probeMailbox: async () => {
        fail();
        return { latency: 1 };
      },
      services: async () => {
        fail();
        return [];
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

const EXCHANGE_ONLY: readonly DirectoryKind[] = ['public-folder', 'dynamic-group'];

function roundOf(
  { objects, members }: FakeReading,
  collection: GraphCollection,
): readonly DirectoryFact[] {
  const inGraph = objects.filter(({ kind }) => !EXCHANGE_ONLY.includes(kind));
  const asFact = (object: TenantObject): DirectoryFact => ({ fact: 'object', object });
  switch (collection) {
    case 'users':
      return inGraph.filter(({ kind }) => kind !== 'group' && kind !== 'contact').map(asFact);
    case 'groups':
      return [
        ...inGraph.filter(({ kind }) => kind === 'group').map(asFact),
        ...members.map((member): DirectoryFact => ({ fact: 'member', ...member })),
      ];
    case 'contacts':
      return inGraph.filter(({ kind }) => kind === 'contact').map(asFact);
  }
}

function listingOf(
  { objects, restricted }: FakeReading,
  listing: ExchangeListing,
): readonly DirectoryFact[] {
  switch (listing) {
    case 'recipients':
      return objects.map((object) => ({
        fact: 'object',
        object,
        inGraph: !EXCHANGE_ONLY.includes(object.kind),
      }));
    case 'public-folders':
      return [];
    case 'restrictions':
      return objects
        .filter(({ kind }) => kind === 'group' || kind === 'dynamic-group')
        .map(({ externalId }) => ({
          fact: 'restriction',
          externalId,
          restricted: restricted.includes(externalId),
        }));
  }
}

import type { Router } from 'express';
import { DOMAINS, type TenantDomain } from '../tenant/domains.ts';
import { TENANT_ID, TENANT_NAME } from '../tenant/identity.ts';
import { SKUS, TEAMS_PLAN } from '../tenant/plans.ts';
import { stableGuid } from '../tenant/stable-guid.ts';
import type { World } from '../world.ts';
import { pageRequest } from './directory-routes.ts';
import { notFound } from './graph-error.ts';
import { page } from './page.ts';
import { selection } from './select.ts';

const RECORD_TTL_SECONDS = 3600;

/** The organisation, its domains with the DNS records that Microsoft expects, and its licences. */
export function tenantRoutes(router: Router, world: World): void {
  router.get('/organization', (request, response) => {
    const select = selection('organization', request.query['$select']);
    response.json(page(pageRequest(world, request), [select(organization())], 'organization'));
  });
  router.get('/domains', (request, response) => {
    const select = selection('domain', request.query['$select']);
    const items = DOMAINS.map((domain) => select(presentDomain(domain)));
    response.json(page(pageRequest(world, request), items, 'domains'));
  });
  router.get('/domains/:domain', (request, response) => {
    const select = selection('domain', request.query['$select']);
    response.json(select(presentDomain(domainNamed(request.params.domain))));
  });
  router.get('/domains/:domain/serviceConfigurationRecords', (request, response) => {
    const records = configurationRecords(domainNamed(request.params.domain));
    response.json(page(pageRequest(world, request), records, 'domainDnsRecords'));
  });
  router.get('/subscribedSkus', (request, response) => {
    const select = selection('subscribedSku', request.query['$select']);
    const items = subscribedSkus(world).map(select);
    response.json(page(pageRequest(world, request), items, 'subscribedSkus'));
  });
}

function domainNamed(name: string): TenantDomain {
  const found = DOMAINS.find((domain) => domain.name === name.toLowerCase());
  if (found === undefined) throw notFound(name);
  return found;
}

const organization = () => ({
  id: TENANT_ID,
  displayName: TENANT_NAME,
  countryLetterCode: 'US',
  preferredLanguage: 'en',
  tenantType: 'AAD',
  technicalNotificationMails: [],
  assignedPlans: [],
  verifiedDomains: DOMAINS.map((domain) => ({
    name: domain.name,
    isDefault: domain.isDefault,
    isInitial: domain.isInitial,
    capabilities: domain.supportedServices.join(', '),
    type: 'Managed',
  })),
});

const presentDomain = (domain: TenantDomain) => ({
  id: domain.name,
  authenticationType: 'Managed',
  availabilityStatus: null,
  isAdminManaged: true,
  isDefault: domain.isDefault,
  isInitial: domain.isInitial,
  isRoot: true,
  isVerified: true,
  supportedServices: domain.supportedServices,
  passwordValidityPeriodInDays: null,
});

function configurationRecords(domain: TenantDomain) {
  if (domain.mailExchange === null) return [];
  const record = (kind: string, recordType: string) => ({
    '@odata.type': `#microsoft.graph.domainDns${kind}Record`,
    id: stableGuid(`dns:${domain.name}:${recordType}`),
    isOptional: false,
    label: domain.name,
    recordType,
    supportedService: 'Email',
    ttl: RECORD_TTL_SECONDS,
  });
  return [
    { ...record('Mx', 'Mx'), mailExchange: domain.mailExchange, preference: 0 },
    { ...record('Txt', 'Txt'), text: 'v=spf1 include:spf.protection.outlook.com -all' },
  ];
}

function subscribedSkus(world: World) {
  const users = world.directory.users();
  return Object.entries(SKUS).map(([licence, sku]) => ({
    id: `${TENANT_ID}_${sku.skuId}`,
    appliesTo: 'User',
    capabilityStatus: 'Enabled',
    consumedUnits: users.filter((user) => user.licence === licence).length,
    prepaidUnits: { enabled: sku.seats, lockedOut: 0, suspended: 0, warning: 0 },
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    servicePlans: [
      plan(sku.exchangePlanId, sku.exchangePlanName),
      plan(TEAMS_PLAN.id, TEAMS_PLAN.name),
    ],
  }));
}

const plan = (servicePlanId: string, servicePlanName: string) => ({
  appliesTo: 'User',
  provisioningStatus: 'Success',
  servicePlanId,
  servicePlanName,
});

import type { ApplicationSettings, DomainRecord, DomainSetup } from '@holdfast/application';
import type { DomainView } from '@holdfast/contracts';
import {
  isMicrosoftRoutingDomain,
  isProtectableDomain,
  recordsToEnter,
  type MxRecord,
} from '@holdfast/domain';
import { toIsoOrNull } from './instant.ts';
import { presentOutbound } from './outbound.ts';

export function presentDomain(setup: DomainSetup, settings: ApplicationSettings): DomainView {
  const { domain } = setup;
  const protectable = isProtectableDomain(domain);
  const records = protectable ? recordsToEnter(domain.name, settings.ourHosts) : [];
  return {
    name: domain.name,
    protectable,
    reason: protectable ? null : whyNot(domain),
    state: domain.state,
    expectedMx: expected(domain, records),
    observedMx: domain.observedMx.map(presentMx),
    observedTtl: domain.observedTtl,
    tenantMx: domain.tenantMx.map(presentMx),
    checkedAt: toIsoOrNull(domain.checkedAt),
    checkDetail: domain.checkDetail,
    filterMode: domain.filterMode,
    trustedHops: domain.trustedHops,
    filterConfirmedAt: toIsoOrNull(domain.filterConfirmedAt),
    filterConfirmedBy: domain.filterConfirmedBy,
    outbound: presentOutbound(setup, settings),
    records: records.map(({ name, preference, exchange, ttl }) => {
      return { name, type: 'MX', preference, value: exchange, ttl };
    }),
  };
}

function whyNot(domain: DomainRecord): NonNullable<DomainView['reason']> {
  if (domain.isInitial || isMicrosoftRoutingDomain(domain.name)) return 'initial-domain';
  return domain.isVerified ? 'no-mail-service' : 'not-verified';
}

/** With a filter in front MX stays the filter's, whose names we do not know: nothing of ours is expected in DNS. */
function expected(domain: DomainRecord, records: readonly MxRecord[]): DomainView['expectedMx'] {
  return domain.filterMode === 'filter-in-front' ? [] : records.map(presentMx);
}

function presentMx({ exchange, preference }: MxRecord): DomainView['observedMx'][number] {
  return { exchange, preference };
}

import {
  driftWords,
  findingWords,
  isAcceptable,
  type ApplicationSettings,
  type DomainAlertRecord,
  type DomainObservation,
  type DomainRecord,
  type DomainSetup,
} from '@holdfast/application';
import type {
  DomainAlertView,
  DomainObservationView,
  DomainRowView,
  DomainView,
} from '@holdfast/contracts';
import {
  dnsProviderOf,
  isMicrosoftRoutingDomain,
  isProtectableDomain,
  recordsToEnter,
  type MxRecord,
} from '@holdfast/domain';
import { toIso, toIsoOrNull } from './instant.ts';
import { presentOutbound } from './outbound.ts';

export function presentDomainRow({ domain, alerts }: DomainSetup): DomainRowView {
  const protectable = isProtectableDomain(domain);
  const checks = domain.report?.checks ?? [];
  const count = (result: (typeof checks)[number]['result']): number =>
    checks.filter((check) => check.result === result).length;
  return {
    name: domain.name,
    protectable,
    reason: protectable ? null : whyNot(domain),
    state: domain.state,
    counts:
      checks.length === 0
        ? null
        : {
            problems: count('problem'),
            attentions: count('attention'),
            unknown: count('unknown'),
          },
    alerts: alerts.length,
  };
}

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
    ...presentReport(setup),
    alerts: setup.alerts.map(presentAlert),
    outbound: presentOutbound(setup, settings),
    records: records.map(({ name, preference, exchange, ttl }) => {
      return { name, type: 'MX', preference, value: exchange, ttl };
    }),
  };
}

type ReportView = Pick<
  DomainView,
  | 'checks'
  | 'resolvers'
  | 'authoritative'
  | 'oldMxUntil'
  | 'nameServers'
  | 'provider'
  | 'nextCheckAt'
  | 'watchedUntil'
>;

function presentReport({ domain }: DomainSetup): ReportView {
  const { report } = domain;
  const nameServers = report?.nameServers ?? [];
  return {
    checks: (report?.checks ?? []).map((check) => ({
      ...check,
      findings: check.findings.map((finding) => ({
        code: finding.code,
        result: finding.result,
        ...findingWords(finding),
      })),
    })),
    resolvers: report?.resolvers ?? [],
    authoritative: report?.authoritative ?? false,
    oldMxUntil: toIsoOrNull(report?.oldMxUntil ?? null),
    nameServers,
    provider: dnsProviderOf(nameServers),
    nextCheckAt: toIsoOrNull(domain.nextCheckAt),
    watchedUntil: toIsoOrNull(domain.watchedUntil),
  };
}

function presentAlert(alert: DomainAlertRecord): DomainAlertView {
  const { id, level, seen, since, notice } = alert;
  return {
    id,
    level,
    ...driftWords(alert),
    seen,
    since: toIso(since),
    notice,
    acceptable: isAcceptable(alert),
  };
}

export function presentObservation(observation: DomainObservation): DomainObservationView {
  const { subject, value, ttl, firstSeenAt, lastSeenAt } = observation;
  return { subject, value, ttl, firstSeenAt: toIso(firstSeenAt), lastSeenAt: toIso(lastSeenAt) };
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

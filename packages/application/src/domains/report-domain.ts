import {
  checkDane,
  checkDkim,
  checkDmarc,
  checkMtaSts,
  checkMx,
  checkSpf,
  checkTlsRpt,
  type DomainCheck,
  type OutboundFacts,
} from '@holdfast/domain';
import type { ApplicationSettings } from '../ports.ts';
import type { DomainReport, ResolverReport } from '../records/domain-report.ts';
import type { DomainKeyRecord, DomainRecord } from '../records/organisation.ts';
import type { KeyCheck } from './ask-outbound.ts';
import type { DomainRecords } from './ask-records.ts';

export interface ReportFacts {
  readonly settings: Pick<ApplicationSettings, 'ourHosts' | 'mxAddresses'>;
  /** As it is stored now, with the filter mode and the state that the look led to. */
  readonly domain: DomainRecord;
  readonly records: DomainRecords;
  readonly spf: OutboundFacts['spf'];
  readonly keys: readonly DomainKeyRecord[];
  readonly keyChecks: readonly KeyCheck[];
  /** DKIM or SPF proves our mail. */
  readonly proved: boolean;
  readonly askedAt: number;
}

/** Every check, from what was asked at one time. */
export function checksOf(facts: ReportFacts): readonly DomainCheck[] {
  const { settings, domain, records, askedAt } = facts;
  const tenantHosts = domain.tenantMx.map(({ exchange }) => exchange);
  const transport = {
    ourHosts: settings.ourHosts,
    tenantHosts,
    certificate: records.certificate,
    now: askedAt,
  };
  return [
    checkMx({
      reading: records.mx,
      hosts: records.hosts,
      expectation: { ourHosts: settings.ourHosts, filterMode: domain.filterMode, tenantHosts },
      ourAddresses: settings.mxAddresses,
    }),
    checkSpf(records.spf, facts.spf),
    checkDkim(
      facts.keyChecks.map(({ selector, texts, ttl }) => ({
        selector,
        state: facts.keys.find((key) => key.selector === selector)?.state ?? 'unchecked',
        silent: texts === null,
        texts: texts ?? [],
        ttl,
      })),
    ),
    checkDmarc(records.dmarc, facts.proved),
    checkMtaSts(transport, records.sts.txt, records.sts.fetched),
    checkTlsRpt(records.tlsRpt),
    checkDane(transport, records.mx.authenticated, records.tlsa),
  ];
}

export function reportOf(
  facts: ReportFacts,
  checks: readonly DomainCheck[],
  oldMxUntil: number | null,
): DomainReport {
  const { mx, sts, nameServers } = facts.records;
  return {
    checkedAt: facts.askedAt,
    checks,
    // Who is silent about name servers for once has not moved the zone.
    nameServers: nameServers.length > 0 ? nameServers : (facts.domain.report?.nameServers ?? []),
    resolvers: mx.answers.map(({ values, ...answer }): ResolverReport => {
      const { resolver, outcome, ttl, authoritative, authenticated, detail } = answer;
      const records = values
        .toSorted((a, b) => a.preference - b.preference)
        .map(({ preference, exchange }) => `${preference} ${exchange || '.'}`);
      return { resolver, outcome, ttl, authoritative, authenticated, detail, records };
    }),
    authoritative: mx.authoritative,
    oldMxUntil,
    sts: sts.fetched?.ok === true ? sts.fetched.policy : null,
  };
}

import { everyValue, type DnsReading } from './dns-reading.ts';
import { finding, settleCheck, type DomainCheck, type Finding } from './domain-check.ts';
import { normaliseHost, type DomainExpectation, type MxRecord } from './domain-setup.ts';
import { parseIp, parseIpRange, rangeContains } from '../lists/ip-range.ts';
import { isOffice365Host } from './microsoft-host.ts';

/** Longer than this a way back takes long: the guide lowers it before the change. Seconds. */
export const LONG_TTL = 3600;

export interface MxHostReading {
  readonly host: string;
  readonly known: 'found' | 'absent' | 'unknown';
  /** The name is an alias of this one: RFC 2181 §10.3 forbids it, and some senders do not follow. */
  readonly alias: string | null;
  readonly addresses: readonly string[];
}

export interface MxFacts {
  readonly reading: DnsReading<MxRecord>;
  /** Of every host in the reading. */
  readonly hosts: readonly MxHostReading[];
  readonly expectation: DomainExpectation;
  /** Addresses and ranges that our hosts must resolve to; empty: not compared. */
  readonly ourAddresses: readonly string[];
}

/** Where mail for the domain really goes, and what is wrong with it. */
export function checkMx(facts: MxFacts): DomainCheck {
  const { reading } = facts;
  const records = everyValue(reading).toSorted((a, b) => a.preference - b.preference);
  const seen = records.map(({ preference, exchange }) => `${preference} ${exchange || '.'}`);
  const told = { seen, ttl: reading.ttl };
  if (reading.known === 'unknown') return settleCheck('mx', [finding('mx-silent')], told);
  const findings = [
    ...placeFindings(facts, records),
    ...facts.hosts.flatMap((host) => hostFindings(facts, host)),
    ...(reading.disagree ? [finding('mx-disagreement')] : []),
    ...(reading.ttl !== null && reading.ttl > LONG_TTL
      ? [finding('mx-ttl-long', String(reading.ttl))]
      : []),
  ];
  return settleCheck('mx', findings, told);
}

function placeFindings(facts: MxFacts, records: readonly MxRecord[]): readonly Finding[] {
  const { ourHosts, filterMode, tenantHosts } = facts.expectation;
  const hosts = records.map(({ exchange }) => normaliseHost(exchange));
  if (hosts.length === 0) return [finding('mx-absent')];
  // RFC 7505: a single record with the root as its host says that the domain takes no mail.
  if (hosts.includes('')) {
    return [finding(hosts.length === 1 ? 'mx-null' : 'mx-null-and-others')];
  }
  const own = new Set(ourHosts.map(normaliseHost));
  const tenants = new Set(tenantHosts.map(normaliseHost));
  const ours = hosts.filter((host) => own.has(host));
  const office365 = hosts.filter((host) => tenants.has(host) || isOffice365Host(host));
  const others = hosts.filter((host) => !own.has(host) && !office365.includes(host));
  if (filterMode === 'filter-in-front') {
    return [
      ...ours.map((host) => finding('mx-ours-beside-filter', host)),
      ...office365.map((host) => finding('mx-office365-behind-filter', host)),
      ...(others.length > 0 && ours.length === 0 && office365.length === 0
        ? [finding('mx-filter', others.join(', '))]
        : []),
      ...(others.length === 0 && office365.length === 0 ? [finding('mx-not-yet')] : []),
    ];
  }
  if (ours.length === 0) return [finding('mx-not-yet', hosts.join(', '))];
  return [
    ...(office365.length === 0 && others.length === 0 ? [finding('mx-here')] : []),
    ...office365.map((host) => finding('mx-office365-left', host)),
    ...others.map((host) => finding('mx-other-left', host)),
    ...[...own]
      .filter((host) => !hosts.includes(host))
      .map((host) => finding('mx-host-missing', host)),
  ];
}

function hostFindings(facts: MxFacts, reading: MxHostReading): readonly Finding[] {
  const { host, known, alias, addresses } = reading;
  if (host === '') return [];
  if (parseIp(host) !== null) return [finding('mx-host-is-address', host)];
  if (alias !== null) return [finding('mx-host-alias', host)];
  if (known === 'absent') return [finding('mx-host-unresolved', host)];
  if (known === 'unknown') return [finding('mx-host-silent', host)];
  const isOurs = facts.expectation.ourHosts.map(normaliseHost).includes(normaliseHost(host));
  if (!isOurs || facts.ourAddresses.length === 0) return [];
  return addresses
    .filter((address) => !isAmong(address, facts.ourAddresses))
    .map((address) => finding('mx-host-elsewhere', `${host} → ${address}`));
}

function isAmong(address: string, ranges: readonly string[]): boolean {
  const wanted = parseIp(address);
  return (
    wanted !== null &&
    ranges.some((text) => {
      const range = parseIpRange(text);
      return range !== null && rangeContains(range, wanted);
    })
  );
}

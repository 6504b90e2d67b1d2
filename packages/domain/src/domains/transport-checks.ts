import type { DnsReading, TlsaRecord } from './dns-reading.ts';
import { readTags } from './dkim-key.ts';
import { finding, settleCheck, type DomainCheck, type Finding } from './domain-check.ts';
import { normaliseHost } from './domain-setup.ts';
import { DAY, type Instant } from '../instant.ts';

export interface StsPolicy {
  readonly mode: 'enforce' | 'testing' | 'none';
  /** Seconds for which senders keep it. */
  readonly maxAge: number;
  readonly mx: readonly string[];
}

/** The policy file, or why there is none that senders would take. */
export type StsFetch =
  | { readonly ok: true; readonly policy: StsPolicy }
  | {
      readonly ok: false;
      readonly failure: 'unreachable' | 'redirect' | 'unreadable';
      readonly detail: string;
    };

/** The certificate that our hosts show. */
export interface OwnCertificate {
  readonly selfSigned: boolean;
  readonly names: readonly string[];
  readonly notAfter: Instant;
  /** Digests by `selector/matching type`, hex: of the certificate itself, and of those above it. */
  readonly leaf: Readonly<Record<string, string>>;
  readonly chain: readonly Readonly<Record<string, string>>[];
}

export interface TransportFacts {
  readonly ourHosts: readonly string[];
  readonly tenantHosts: readonly string[];
  /** Null: it is on another host, and not known here. */
  readonly certificate: OwnCertificate | null;
  readonly now: Instant;
}

/** `fetched`: null when there is no record that asks for a look at the file. */
export function checkMtaSts(
  facts: TransportFacts,
  txt: DnsReading<string>,
  fetched: StsFetch | null,
): DomainCheck {
  const records = txt.values.filter((text) => /^v=STSv1\s*;/.test(text));
  const told = { seen: [...records, ...describePolicy(fetched)], ttl: txt.ttl };
  return settleCheck('mta-sts', stsFindings(facts, txt, records, fetched), told);
}

/** Whether senders look at the policy file at all (RFC 8461 §3.1). */
export function announcesSts(txt: DnsReading<string>): boolean {
  const records = txt.values.filter((text) => /^v=STSv1\s*;/.test(text));
  return records.length === 1 && isStsId(readTags(records[0] ?? '').get('id'));
}

function isStsId(id: string | undefined): boolean {
  return id !== undefined && /^[a-z\d]{1,32}$/i.test(id);
}

function stsFindings(
  facts: TransportFacts,
  txt: DnsReading<string>,
  records: readonly string[],
  fetched: StsFetch | null,
): readonly Finding[] {
  if (txt.known === 'unknown') return [finding('sts-silent')];
  if (records.length === 0) return [finding('sts-absent')];
  if (records.length > 1) return [finding('sts-several', String(records.length))];
  if (!announcesSts(txt)) return [finding('sts-syntax')];
  if (fetched === null) return [finding('sts-unreachable')];
  if (!fetched.ok) return [finding(`sts-${fetched.failure}`, fetched.detail)];
  return policyFindings(facts, fetched.policy);
}

function policyFindings(facts: TransportFacts, policy: StsPolicy): readonly Finding[] {
  const { mode } = policy;
  if (mode === 'none') return [finding('sts-off')];
  const enforced = mode === 'enforce';
  const missing = facts.ourHosts.filter((host) => !coversHost(policy, host));
  const way = missing.length === 0 ? (enforced ? 'sts-enforced' : 'sts-testing') : null;
  const tenantMissing = facts.tenantHosts.filter((host) => !coversHost(policy, host));
  return [
    ...(way === null ? [] : [finding(way, String(policy.maxAge))]),
    ...missing.map((host) => finding(enforced ? 'sts-without-us' : 'sts-without-us-testing', host)),
    ...tenantMissing.map((host) => finding('sts-without-office365', host)),
    ...(enforced ? certificateFindings(facts) : []),
  ];
}

/** Senders that keep to a policy want a certificate of a public authority for the name (RFC 8461 §4.2). */
function certificateFindings({ certificate, ourHosts, now }: TransportFacts): readonly Finding[] {
  if (certificate === null) return [];
  if (certificate.selfSigned) return [finding('sts-certificate', 'self-signed')];
  if (certificate.notAfter <= now) return [finding('sts-certificate', 'expired')];
  return ourHosts
    .filter((host) => !certificate.names.some((name) => coversName(name, host)))
    .map((host) => finding('sts-certificate', `not for ${host}`));
}

export function coversHost(policy: Pick<StsPolicy, 'mx'>, host: string): boolean {
  return policy.mx.some((pattern) => coversName(pattern, host));
}

/** `*.` stands for exactly one label (RFC 8461 §4.1, RFC 6125 §6.4.3). */
function coversName(pattern: string, host: string): boolean {
  const [wanted, name] = [normaliseHost(pattern), normaliseHost(host)];
  if (!wanted.startsWith('*.')) return wanted === name;
  const dot = name.indexOf('.');
  return dot > 0 && name.slice(dot) === wanted.slice(1);
}

function describePolicy(fetched: StsFetch | null): readonly string[] {
  if (fetched === null || !fetched.ok) return [];
  const { mode, maxAge, mx } = fetched.policy;
  const days = Math.floor((maxAge * 1000) / DAY);
  return [`mode: ${mode}`, `max_age: ${maxAge} (${days} days)`, ...mx.map((name) => `mx: ${name}`)];
}

export function checkTlsRpt(txt: DnsReading<string>): DomainCheck {
  const records = txt.values.filter((text) => /^v=TLSRPTv1\s*;/.test(text));
  const told = { seen: records, ttl: txt.ttl };
  const code = (): Finding => {
    if (txt.known === 'unknown') return finding('rpt-silent');
    if (records.length === 0) return finding('rpt-absent');
    const rua = readTags(records[0] ?? '').get('rua') ?? '';
    const wellFormed = records.length === 1 && /^(?:mailto:|https:)/i.test(rua);
    return wellFormed ? finding('rpt-present', rua) : finding('rpt-syntax');
  };
  return settleCheck('tls-rpt', [code()], told);
}

export interface TlsaReading {
  readonly host: string;
  readonly reading: DnsReading<TlsaRecord>;
}

/**
 * DANE (RFC 7672): records that DNSSEC does not authenticate are ignored by senders, and of those that are only usages 2
 * and 3 count. Where one counts, a host that shows another certificate gets no mail from senders that look.
 */
export function checkDane(
  facts: TransportFacts,
  mxAuthenticated: boolean,
  hosts: readonly TlsaReading[],
): DomainCheck {
  const own = new Set(facts.ourHosts.map(normaliseHost));
  const ttls = hosts.flatMap(({ reading }) => (reading.ttl === null ? [] : [reading.ttl]));
  const told = {
    seen: hosts.flatMap(({ host, reading }) =>
      reading.values.map(
        ({ usage, selector, matchingType, data }) =>
          `${host}: ${usage} ${selector} ${matchingType} ${data}`,
      ),
    ),
    ttl: ttls.length === 0 ? null : Math.min(...ttls),
  };
  const findings = hosts.flatMap(({ host, reading }): readonly Finding[] => {
    if (reading.known === 'unknown') return [finding('dane-silent', host)];
    if (reading.values.length === 0) return [];
    if (!reading.authenticated || !mxAuthenticated) return [finding('dane-unsigned', host)];
    if (!own.has(normaliseHost(host))) return [finding('dane-other-host', host)];
    return [ownHostFinding(host, reading.values, facts.certificate)];
  });
  const all = findings.length === 0 ? [finding('dane-absent')] : findings;
  return settleCheck('dane', all, told);
}

function ownHostFinding(
  host: string,
  records: readonly TlsaRecord[],
  certificate: OwnCertificate | null,
): Finding {
  const usable = records.filter(({ usage }) => usage === 2 || usage === 3);
  if (usable.length === 0) return finding('dane-unusable', host);
  if (certificate === null) return finding('dane-certificate-unknown', host);
  const matches = usable.some(({ usage, selector, matchingType, data }) => {
    const key = `${selector}/${matchingType}`;
    return usage === 3
      ? certificate.leaf[key] === data
      : certificate.chain.some((link) => link[key] === data);
  });
  return finding(matches ? 'dane-match' : 'dane-mismatch', host);
}

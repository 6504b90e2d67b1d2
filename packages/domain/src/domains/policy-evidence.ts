import type { PolicyEvidence } from '../cut-over/cut-over-evidence.ts';
import type { DnsReading } from './dns-reading.ts';
import { silenceOf } from './dns-reading.ts';
import type { Finding } from './domain-check.ts';
import {
  announcesSts,
  checkDane,
  checkMtaSts,
  coversHost,
  type StsFetch,
  type TlsaReading,
  type TransportFacts,
} from './transport-checks.ts';

export interface PublishedPolicies {
  readonly facts: TransportFacts;
  readonly sts: DnsReading<string>;
  /** Null when no record asks for a look at the file. */
  readonly fetched: StsFetch | null;
  /** Of our own hosts, whether MX names them yet or not. */
  readonly tlsa: readonly TlsaReading[];
}

/** Whether senders that keep to MTA-STS and DANE will deliver to our hosts, and whether to the tenant's. */
export function policyEvidence(published: PublishedPolicies): PolicyEvidence {
  const { facts, sts, fetched } = published;
  const dane = daneFault(published);
  if (sts.known === 'unknown') return { kind: 'unknown', detail: silenceOf(sts) };
  const silent = daneFindings(published).find(({ code }) => code === 'dane-silent');
  if (silent !== undefined) {
    return { kind: 'unknown', detail: `DNS did not answer for TLSA of ${silent.subject ?? ''}.` };
  }
  if (!announcesSts(sts)) {
    return dane === null
      ? { kind: 'none' }
      : { kind: 'published', allowsUs: false, allowsTenant: true, maxAge: null, detail: dane };
  }
  // Who holds the policy goes by it; who does not delivers without: nobody can tell what it said.
  if (fetched === null || !fetched.ok) {
    const why = fetched === null ? 'it was not fetched' : fetched.detail;
    return {
      kind: 'unknown',
      detail: `An MTA-STS policy is announced, and cannot be read: ${why}`,
    };
  }
  const { policy } = fetched;
  if (policy.mode !== 'enforce') {
    const detail = `The MTA-STS policy is in mode ${policy.mode}: it stops nobody.`;
    const sentence = dane === null ? detail : `${detail} ${dane}`;
    return {
      kind: 'published',
      allowsUs: dane === null,
      allowsTenant: true,
      maxAge: null,
      detail: sentence,
    };
  }
  const missing = facts.ourHosts.filter((host) => !coversHost(policy, host));
  const certificate = certificateFault(published);
  const faults = [
    ...(missing.length === 0 ? [] : [`It does not name ${missing.join(', ')}.`]),
    ...(certificate === null ? [] : [certificate]),
    ...(dane === null ? [] : [dane]),
  ];
  return {
    kind: 'published',
    allowsUs: faults.length === 0,
    allowsTenant: facts.tenantHosts.every((host) => coversHost(policy, host)),
    maxAge: policy.maxAge,
    detail: `The MTA-STS policy is enforced, max_age ${policy.maxAge} s. ${
      faults.length === 0 ? 'It names our hosts.' : faults.join(' ')
    }`,
  };
}

/** Senders that keep to a policy want a certificate of a public authority for the name (RFC 8461 §4.2). */
function certificateFault({ facts, sts, fetched }: PublishedPolicies): string | null {
  const found = checkMtaSts(facts, sts, fetched).findings.find(
    ({ code }) => code === 'sts-certificate',
  );
  return found === undefined
    ? null
    : `The certificate of our hosts is not accepted: ${found.subject}.`;
}

/** As if the MX records were signed: they are about to be ours, and whoever can tell refuses a wrong certificate. */
function daneFindings({ facts, tlsa }: PublishedPolicies): readonly Finding[] {
  return checkDane(facts, true, tlsa).findings;
}

function daneFault(published: PublishedPolicies): string | null {
  const wrong = daneFindings(published).filter(({ code }) => code === 'dane-mismatch');
  return wrong.length === 0
    ? null
    : `The TLSA records of ${wrong.map(({ subject }) => subject).join(', ')} do not match our certificate.`;
}

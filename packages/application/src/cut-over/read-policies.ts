import {
  announcesSts,
  checkDane,
  coversHost,
  silenceOf,
  type PolicyEvidence,
  type StsPolicy,
} from '@holdfast/domain';
import { askTlsa } from '../domains/ask-records.ts';
import type { Ports } from '../ports.ts';
import type { DomainRecord } from '../records/organisation.ts';

/**
 * What senders are told beside MX: the MTA-STS policy, and TLSA records of our hosts. Without the TXT record nobody asks
 * for a policy (RFC 8461 §3.1).
 */
export async function readPolicies(
  ports: Pick<Ports, 'dns' | 'policyHost' | 'ownCertificates' | 'settings' | 'clock'>,
  domain: DomainRecord,
): Promise<PolicyEvidence> {
  const { ourHosts } = ports.settings;
  const [txt, tlsa, certificate] = await Promise.all([
    ports.dns.ask(`_mta-sts.${domain.name}`, 'TXT'),
    askTlsa(ports.dns, ourHosts),
    ports.ownCertificates.read(),
  ]);
  if (txt.known === 'unknown') return { kind: 'unknown', detail: silenceOf(txt) };
  const transport = { ourHosts, tenantHosts: [], certificate, now: ports.clock.now() };
  // As if the MX records were signed: they are about to be ours, and a sender that can tell refuses a wrong certificate.
  const dane = checkDane(transport, true, tlsa).findings;
  const silent = dane.find(({ code }) => code === 'dane-silent');
  if (silent !== undefined) {
    return { kind: 'unknown', detail: `DNS did not answer for TLSA of ${silent.subject ?? ''}.` };
  }
  const wrong = dane.find(({ code }) => code === 'dane-mismatch');
  if (!announcesSts(txt)) {
    if (wrong === undefined) return { kind: 'none' };
    return { ...PUBLISHED, detail: daneWords(wrong.subject) };
  }
  const fetched = await ports.policyHost.fetch(domain.name);
  if (!fetched.ok) {
    const detail = `An MTA-STS policy is announced, and its file cannot be used: ${fetched.detail}.`;
    return { kind: 'unknown', detail };
  }
  const evidence = stsEvidence(fetched.policy, ourHosts, domain);
  return wrong === undefined
    ? evidence
    : { ...evidence, allowsUs: false, detail: daneWords(wrong.subject) };
}

const PUBLISHED = { kind: 'published', allowsUs: false, allowsTenant: true, maxAge: null } as const;

function daneWords(host: string | null): string {
  return `The TLSA record of ${host ?? 'our host'} does not match its certificate.`;
}

function stsEvidence(
  policy: StsPolicy,
  ourHosts: readonly string[],
  { tenantMx }: DomainRecord,
): Extract<PolicyEvidence, { kind: 'published' }> {
  const enforced = policy.mode === 'enforce';
  const covers = (host: string): boolean => !enforced || coversHost(policy, host);
  return {
    kind: 'published',
    allowsUs: ourHosts.every(covers),
    allowsTenant: tenantMx.every(({ exchange }) => covers(exchange)),
    maxAge: enforced ? policy.maxAge : null,
    detail: `MTA-STS, mode ${policy.mode}, names ${policy.mx.join(', ') || 'no host'}.`,
  };
}

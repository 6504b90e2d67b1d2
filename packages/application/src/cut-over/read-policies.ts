import { announcesSts, policyEvidence, type PolicyEvidence } from '@holdfast/domain';
import { askTlsa } from '../domains/ask-records.ts';
import type { Ports } from '../ports.ts';
import type { DomainRecord } from '../records/organisation.ts';

/** What senders are told beside MX, about our hosts above all: they may not be in MX yet. */
export async function readPolicies(
  ports: Pick<Ports, 'dns' | 'policyHost' | 'ownCertificates' | 'settings' | 'clock'>,
  domain: DomainRecord,
): Promise<PolicyEvidence> {
  const { ourHosts } = ports.settings;
  const [sts, certificate, tlsa] = await Promise.all([
    ports.dns.ask(`_mta-sts.${domain.name}`, 'TXT'),
    ports.ownCertificates.read(),
    askTlsa(ports.dns, ourHosts),
  ]);
  return policyEvidence({
    facts: {
      ourHosts,
      tenantHosts: domain.tenantMx.map(({ exchange }) => exchange),
      certificate,
      now: ports.clock.now(),
    },
    sts,
    fetched: announcesSts(sts) ? await ports.policyHost.fetch(domain.name) : null,
    tlsa,
  });
}

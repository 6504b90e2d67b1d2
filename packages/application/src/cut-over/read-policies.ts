import { everyValue, silenceOf, type PolicyEvidence } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { DomainRecord } from '../records/organisation.ts';

/** What senders are told beside MX. Without the record nobody asks for a policy (RFC 8461 §3.1). */
export async function readPolicies(
  ports: Pick<Ports, 'dns'>,
  domain: DomainRecord,
): Promise<PolicyEvidence> {
  const reading = await ports.dns.ask(`_mta-sts.${domain.name}`, 'TXT');
  if (reading.known === 'unknown') return { kind: 'unknown', detail: silenceOf(reading) };
  return everyValue(reading).some((record) => record.startsWith('v=STSv1'))
    ? { kind: 'unknown', detail: 'An MTA-STS policy is announced.' }
    : { kind: 'none' };
}

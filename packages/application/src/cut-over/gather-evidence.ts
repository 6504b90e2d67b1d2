import {
  everyValue,
  placeOfMx,
  type CutOverEvidence,
  type Instant,
  type MxEvidence,
  type RecipientEvidence,
} from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { DomainRecord, OrganisationRecord } from '../records/organisation.ts';
import { readExchangeSide, type ExchangeSide } from './exchange-side.ts';
import { readPolicies } from './read-policies.ts';

/** Older than this the recipient list no longer justifies a refusal (design, "Recipients"). Milliseconds. */
const LIST_FRESH_FOR = 24 * 3_600_000;

/** Everything that decides about a domain's steps, measured now. Asks DNS and Exchange: no transaction is open. */
export async function gatherEvidence(
  ports: Ports,
  organisation: OrganisationRecord,
  domain: DomainRecord,
  exchange?: ExchangeSide,
): Promise<CutOverEvidence> {
  const [mx, policies, side] = await Promise.all([
    readMx(ports, domain),
    readPolicies(ports, domain),
    exchange ?? readExchangeSide(ports, organisation.id),
  ]);
  return {
    mx,
    policies,
    recipients: recipientsOf(organisation, ports.clock.now()),
    connector: side.connector,
    lockDown: side.lockDown,
    connectorDetail: side.detail,
  };
}

/** Of every resolver, and not of the most: senders go wherever one of them still says. */
async function readMx(ports: Ports, domain: DomainRecord): Promise<MxEvidence | null> {
  const seenAt = ports.clock.now();
  const reading = await ports.dns.ask(domain.name, 'MX');
  if (reading.known === 'unknown') return null;
  const records = everyValue(reading);
  const expectation = {
    ourHosts: ports.settings.ourHosts,
    filterMode: domain.filterMode,
    tenantHosts: domain.tenantMx.map((record) => record.exchange),
  };
  return {
    ...placeOfMx(expectation, records),
    hosts: records.map((record) => record.exchange),
    ttl: reading.ttl,
    seenAt,
  };
}

function recipientsOf(organisation: OrganisationRecord, now: Instant): RecipientEvidence {
  const syncedAt = organisation.directorySyncedAt;
  if (syncedAt === null) {
    return { kind: 'incomplete', detail: 'The mailboxes of Office 365 have not been read yet.' };
  }
  if (!organisation.directoryComplete) {
    return {
      kind: 'incomplete',
      detail: 'Public folders and dynamic groups cannot be listed without the Exchange permission.',
    };
  }
  return now - syncedAt > LIST_FRESH_FOR
    ? { kind: 'stale', syncedAt }
    : { kind: 'complete', by: 'exchange', syncedAt };
}

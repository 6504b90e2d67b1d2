import {
  everyValue,
  placeOfMx,
  RECIPIENT_LIST_MAX_AGE,
  type CutOverEvidence,
  type Instant,
  type ListReason,
  type MxEvidence,
  type RecipientEvidence,
} from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { DomainRecord, OrganisationRecord } from '../records/organisation.ts';
import { readExchangeSide, type ExchangeSide } from './exchange-side.ts';
import { readPolicies } from './read-policies.ts';

/** Why a list of recipients cannot be called complete. */
const INCOMPLETE: Readonly<Record<ListReason, string>> = {
  'exchange-listed': 'It has not been read yet.',
  attested: 'It has not been read yet.',
  'never-read': 'The mailboxes of Office 365 have not been read yet.',
  'relay-domain': 'Exchange passes unknown recipients of this domain on to another system.',
  'type-unknown':
    'Whether Exchange refuses unknown recipients cannot be read (Get-AcceptedDomain).',
  'not-listed':
    'Public folders and dynamic groups cannot be listed without the Exchange permission.',
  'attestation-expired': 'The directory has changed since somebody attested that it is complete.',
};

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
    recipients: recipientsOf(domain, ports.clock.now()),
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

function recipientsOf({ recipientList }: DomainRecord, now: Instant): RecipientEvidence {
  const { complete, reason, asOf: syncedAt } = recipientList;
  if (!complete || syncedAt === null) return { kind: 'incomplete', detail: INCOMPLETE[reason] };
  const by = reason === 'attested' ? 'administrator' : 'exchange';
  return now - syncedAt > RECIPIENT_LIST_MAX_AGE
    ? { kind: 'stale', syncedAt }
    : { kind: 'complete', by, syncedAt };
}

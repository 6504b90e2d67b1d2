import { isProtectableDomain, RECIPIENT_LIST_MAX_AGE } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { actorName } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import type { DomainRecord } from '../records/organisation.ts';
import { saveRecipientLists } from './recipient-lists.ts';

/**
 * An administrator vouches that no recipient of a domain is missing, where Exchange may not be asked: unknown addresses
 * are refused for good from then on. It lasts until the directory changes its shape. Refuses: `domains.unknown`,
 * `directory.cannot-attest` for a relay domain, and while the directory has not been read for a day.
 */
export async function attestRecipientList(
  ports: Ports,
  actor: Actor,
  input: { readonly domain: string },
): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    await r.organisation.lock();
    const domain = await mailDomain(r, input.domain);
    refuseRelay(domain);
    const now = ports.clock.now();
    await refuseStale(r, now);
    const [shape] = await r.directory.shapes([domain.name]);
    const attestation = {
      by: actorName(actor),
      at: now,
      addresses: shape?.addresses ?? 0,
      kinds: shape?.kinds ?? [],
    };
    await r.domains.saveAttestation(domain.name, attestation);
    await r.audit.append(
      auditEntry(ports, actor, 'directory.list-attested', domain.name, {
        addresses: attestation.addresses,
        kinds: attestation.kinds,
      }),
    );
    await changed(r);
  });
}

/** Takes the word back: unknown addresses are checked with Office 365 again. Refuses: `domains.unknown`. */
export async function withdrawAttestation(
  ports: Ports,
  actor: Actor,
  input: { readonly domain: string },
): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    await r.organisation.lock();
    const { name } = await mailDomain(r, input.domain);
    await r.domains.saveAttestation(name, null);
    await r.audit.append(auditEntry(ports, actor, 'directory.attestation-withdrawn', name));
    await changed(r);
  });
}

async function changed(r: OrganisationRepositories): Promise<void> {
  await saveRecipientLists(r);
  await r.notify({ channel: 'snapshot' });
}

async function mailDomain(r: OrganisationRepositories, name: string): Promise<DomainRecord> {
  const domain = await r.domains.get(name.toLowerCase());
  if (domain === null || !isProtectableDomain(domain)) {
    throw new Refusal('domains.unknown', `${name} is not a domain of yours that carries mail.`);
  }
  return domain;
}

function refuseRelay({ name, mailType }: DomainRecord): void {
  if (mailType !== 'internal-relay' && mailType !== 'external-relay') return;
  throw new Refusal(
    'directory.cannot-attest',
    `Exchange passes unknown recipients of ${name} on to another system, so that no list can be complete. Unknown addresses are checked with Office 365 one by one.`,
  );
}

/** Vouching for a list that nobody has looked at today would refuse whoever joined since. */
async function refuseStale(r: OrganisationRepositories, now: number): Promise<void> {
  const { directorySyncedAt } = await r.organisation.get();
  if (directorySyncedAt !== null && now - directorySyncedAt < RECIPIENT_LIST_MAX_AGE) return;
  throw new Refusal(
    'directory.cannot-attest',
    'The directory has not been read for a day. Refresh mailboxes first, and look at the result.',
  );
}

import { isProtectableDomain, normaliseHost, type LockDownEvidence } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { DomainRecord, OrganisationRecord } from '../records/organisation.ts';
import { lockDownOffScript } from './lock-down-script.ts';
import { readLockDownFacts } from './read-cut-over.ts';

export interface EmergencyCard {
  readonly organisation: OrganisationRecord;
  readonly lockDown: LockDownEvidence;
  readonly script: string;
  readonly domains: readonly DomainRecord[];
  readonly ourHosts: readonly string[];
  readonly operatorContact: string | null;
}

/** "If Holdfast itself is down": to be printed, so it holds everything and links nowhere. */
export async function readEmergencyCard(
  ports: Pick<Ports, 'database' | 'settings'>,
  actor: Actor,
): Promise<EmergencyCard> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => ({
    organisation: await r.organisation.get(),
    lockDown: (await readLockDownFacts(r)).evidence?.lockDown ?? 'unknown',
    script: lockDownOffScript(actor.organisationId),
    domains: (await r.domains.list()).filter(isProtectableDomain),
    ourHosts: ports.settings.ourHosts.map(normaliseHost),
    operatorContact: ports.settings.operatorContact,
  }));
}

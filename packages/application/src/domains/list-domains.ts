import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { DomainRecord } from '../records/organisation.ts';

/** Every domain of the tenant with what was last seen in DNS. */
export async function listDomains(ports: Ports, actor: Actor): Promise<readonly DomainRecord[]> {
  return ports.database.withinOrganisation(actor.organisationId, (r) => r.domains.list());
}

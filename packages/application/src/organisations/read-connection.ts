import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { ConnectionRecord } from '../records/organisation.ts';

/** The connection to Office 365, or null when there is none yet. */
export async function readConnection(ports: Ports, actor: Actor): Promise<ConnectionRecord | null> {
  return ports.database.withinOrganisation(actor.organisationId, (r) => r.connection.get());
}

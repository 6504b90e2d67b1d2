import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { ConnectionRecord } from '../records/organisation.ts';
import { connectionMissing } from './open-credentials.ts';
import { beginPreflight } from './run-preflight.ts';

/** Begins to check again what works; the list fills in the background. Refuses: `connection.missing`. */
export async function checkConnection(ports: Ports, actor: Actor): Promise<ConnectionRecord> {
  const { organisationId } = actor;
  return ports.database.withinOrganisation(organisationId, async (r) => {
    await r.organisation.lock();
    const connection = await r.connection.get();
    if (connection === null) throw connectionMissing();
    const entry = auditEntry(ports, actor, 'connection.checked', connection.tenantId);
    await r.audit.append(entry);
    return beginPreflight(ports, r, organisationId, connection);
  });
}

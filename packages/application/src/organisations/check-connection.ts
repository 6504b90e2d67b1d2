import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { ConnectionRecord } from '../records/organisation.ts';
import { connectionMissing, requireCredentials } from './open-credentials.ts';
import { refuseTenantFailure } from './tenant-failure-words.ts';

/** Runs the pre-flight list again and keeps its result. Refuses: `connection.missing`, `connection.failed`. */
export async function checkConnection(ports: Ports, actor: Actor): Promise<ConnectionRecord> {
  const credentials = await requireCredentials(ports, actor.organisationId);
  const items = await refuseTenantFailure(() => ports.directory.preflight(credentials));
  const at = ports.clock.now();
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    await r.organisation.lock();
    // Read again: a new secret may have been saved while Microsoft was asked.
    const current = await r.connection.get();
    if (current === null) throw connectionMissing();
    const connection = { ...current, preflight: { at, items } };
    await r.connection.save(connection);
    const failed = items.filter((item) => !item.ok).map((item) => item.check);
    await r.audit.append(
      auditEntry(ports, actor, 'connection.checked', current.tenantId, { failed }),
    );
    return connection;
  });
}

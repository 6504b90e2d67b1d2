import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { connectionMissing } from './open-credentials.ts';

/**
 * Forgets the connection, its sealed proof with it. Refuses: `connection.missing`, and `connection.in-use` while Email
 * Continuity is installed: directory, probes and putting back need it until the mail goes elsewhere.
 */
export async function disconnectTenant(ports: Ports, actor: Actor): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const { installedAt } = await r.organisation.lock();
    const connection = await r.connection.get();
    if (connection === null) throw connectionMissing();
    if (installedAt !== null) {
      throw new Refusal(
        'connection.in-use',
        'Email Continuity is installed: it reads the directory, watches Office 365 and puts mail back through this connection. Uninstall it first, on the Email Continuity page.',
      );
    }
    await r.connection.remove();
    const { tenantId, displayName, clientId } = connection;
    const details = { displayName, clientId };
    await r.audit.append(auditEntry(ports, actor, 'connection.removed', tenantId, details));
  });
}

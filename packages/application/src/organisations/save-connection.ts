import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { beginPreflight } from './run-preflight.ts';
import { Refusal } from '../refusal.ts';
import type { ConnectionRecord } from '../records/organisation.ts';

/**
 * Keeps a connection that has been proved, and begins to check what works. Refuses: `connection.tenant-taken` for a tenant that another organisation has (a
 * domain belongs to one organisation), and `installation.already-done` for another tenant once Email Continuity is
 * installed for one.
 */
export async function saveConnection(
  ports: Ports,
  actor: Actor,
  connection: ConnectionRecord,
): Promise<ConnectionRecord> {
  const { organisationId } = actor;
  await refuseTenantOfAnother(ports, organisationId, connection);
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const { installedAt } = await r.organisation.lock();
    const before = await r.connection.get();
    if (
      installedAt !== null &&
      before !== null &&
      before.initialDomain !== connection.initialDomain
    )
      throw otherTenant(before);
    const { clientId, displayName, mode, tiers, proof } = connection;
    await r.audit.append(
      auditEntry(ports, actor, 'connection.saved', connection.tenantId, {
        clientId,
        displayName,
        mode,
        tiers,
        proof: proof?.kind ?? null,
      }),
    );
    return beginPreflight(ports, r, organisationId, connection);
  });
}

/** The tenant of an installed organisation stays. */
export function otherTenant(before: ConnectionRecord): Refusal {
  return new Refusal(
    'installation.already-done',
    `Email Continuity is installed for the tenant ${before.displayName}. Another tenant needs an organisation of its own.`,
  );
}

/** By id or by the initial domain, which is the tenant's alone: an id may have been written as any domain before. */
export async function refuseTenantOfAnother(
  ports: Pick<Ports, 'database'>,
  organisationId: string,
  tenant: { readonly tenantId: string; readonly initialDomain: string | null },
): Promise<void> {
  const owner = await ports.database.acrossOrganisations((system) => system.tenantOwner(tenant));
  if (owner === null || owner === organisationId) return;
  throw new Refusal(
    'connection.tenant-taken',
    `The tenant ${tenant.initialDomain ?? tenant.tenantId} is connected to another organisation of this installation. Its mail cannot go through two.`,
  );
}

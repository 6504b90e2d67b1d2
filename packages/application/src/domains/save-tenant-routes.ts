import type { MxRecord } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { requireCredentials } from '../organisations/open-credentials.ts';
import type { Ports } from '../ports.ts';
import type { TenantDomainWithRoute } from '../ports/office365/tenant-directory.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';

/**
 * Takes over where the tenant takes mail now: Microsoft moves hosts, and what waits goes to the new one from then on,
 * since a delivery asks for its host when it leaves. A reading without a host changes nothing. Inside the caller's
 * transaction.
 */
export async function saveTenantRoutes(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  read: readonly Pick<TenantDomainWithRoute, 'name' | 'isVerified' | 'mx'>[],
): Promise<void> {
  for (const known of await r.domains.list()) {
    const found = read.find(({ name }) => name === known.name);
    if (found === undefined || !found.isVerified || found.mx.length === 0) continue;
    const [from, to] = [hostsOf(known.tenantMx), hostsOf(found.mx)];
    if (from.join() === to.join()) continue;
    await r.domains.saveRoute(known.name, found.mx);
    await r.audit.append(
      auditEntry(ports, actor, 'domain.tenant-host-changed', known.name, { from, to }),
    );
    await r.notify({ channel: 'snapshot' });
  }
}

function hostsOf(mx: readonly MxRecord[]): readonly string[] {
  return mx
    .toSorted((a, b) => a.preference - b.preference || a.exchange.localeCompare(b.exchange))
    .map(({ preference, exchange }) => `${preference} ${exchange}`);
}

/** Daily, besides every directory sync: one that stops to ask, or may not read something else, must not hold this up. */
export async function refreshTenantRoutes(ports: Ports, actor: Actor): Promise<void> {
  const credentials = await requireCredentials(ports, actor.organisationId);
  const read = await ports.directory.domains(credentials);
  await ports.database.withinOrganisation(actor.organisationId, (r) =>
    saveTenantRoutes(ports, r, actor, read),
  );
}

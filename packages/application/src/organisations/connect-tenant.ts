import { PERMISSION_TIERS } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import { Refusal } from '../refusal.ts';
import type { ConnectionRecord } from '../records/organisation.ts';
import { connectionSealContext } from './open-credentials.ts';
import { sealProof } from './seal-proof.ts';
import { refuseTenantFailure } from './tenant-failure-words.ts';

/**
 * Proves that the credentials work, then keeps them, the secret sealed. Refuses: `connection.failed` in words, also for
 * a tenant that another organisation has (a domain belongs to one organisation); and another tenant once Email
 * Continuity is installed for one (`installation.already-done`).
 */
export async function connectTenant(
  ports: Ports,
  actor: Actor,
  input: TenantCredentials,
): Promise<ConnectionRecord> {
  const { organisationId } = actor;
  // Before Microsoft is asked: a certificate that cannot do is the administrator's to mend.
  const proof = sealProof(ports, connectionSealContext(organisationId), input.proof, null);
  const credentials = { ...input, tenantId: input.tenantId.toLowerCase() };
  const { profile, items } = await refuseTenantFailure(async () => ({
    profile: await ports.directory.profile(credentials),
    items: await ports.directory.preflight(credentials),
  }));
  await refuseTenantOfAnother(ports, organisationId, profile.initialDomain);
  const now = ports.clock.now();
  const connection: ConnectionRecord = {
    tenantId: credentials.tenantId,
    clientId: credentials.clientId,
    mode: 'application',
    proof,
    tiers: PERMISSION_TIERS,
    granted: null,
    refused: null,
    displayName: profile.displayName,
    initialDomain: profile.initialDomain,
    connectedAt: now,
    preflight: { at: now, items },
  };
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const { installedAt } = await r.organisation.lock();
    const before = await r.connection.get();
    if (installedAt !== null && before !== null && before.tenantId !== connection.tenantId) {
      throw new Refusal(
        'installation.already-done',
        `Email Continuity is installed for the tenant ${before.displayName}. Another tenant needs an organisation of its own.`,
      );
    }
    await r.connection.save(connection);
    await r.audit.append(
      auditEntry(ports, actor, 'connection.saved', connection.tenantId, {
        clientId: connection.clientId,
        displayName: connection.displayName,
      }),
    );
  });
  return connection;
}

/** By the initial domain, which is the tenant's alone: the tenant id can be written as a GUID or as any domain. */
async function refuseTenantOfAnother(
  ports: Ports,
  organisationId: string,
  initialDomain: string,
): Promise<void> {
  const organisations = await ports.database.acrossOrganisations((system) =>
    system.organisations(),
  );
  for (const { id } of organisations.filter((other) => other.id !== organisationId)) {
    const theirs = await ports.database.withinOrganisation(id, (r) => r.connection.get());
    if (theirs?.initialDomain !== initialDomain) continue;
    throw new Refusal(
      'connection.failed',
      `The tenant ${initialDomain} is connected to another organisation of this installation. Its mail cannot go through two.`,
    );
  }
}

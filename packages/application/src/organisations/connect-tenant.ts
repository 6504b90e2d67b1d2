import { completeTiers, type Instant, type PermissionTier } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { ApplicationProof, TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import type { ConnectionRecord } from '../records/organisation.ts';
import { requireWaitingProof } from './application-key.ts';
import { connectionSealContext } from './open-credentials.ts';
import { saveConnection } from './save-connection.ts';
import { sealProof } from './seal-proof.ts';
import { refuseTenantFailure } from './tenant-failure-words.ts';

export interface ConnectInput extends Omit<TenantCredentials, 'proof'> {
  /** `made-here`: the certificate that waits to be registered. */
  readonly proof: ApplicationProof | { readonly kind: 'made-here' };
  readonly tiers: readonly PermissionTier[];
  /** Until when the secret is valid, as Entra's page shows it once; null: not told. */
  readonly secretExpiresAt: Instant | null;
}

/**
 * Connects with an application that the organisation has registered itself: proves that it works, then keeps it, the proof
 * sealed. Refuses: `input.invalid` for a certificate that cannot do, `connection.failed` in words, and what
 * `saveConnection` does.
 */
export async function connectTenant(
  ports: Ports,
  actor: Actor,
  input: ConnectInput,
): Promise<ConnectionRecord> {
  const { organisationId } = actor;
  const { clientId, tiers, secretExpiresAt } = input;
  // Before Microsoft is asked: a certificate that cannot do is the administrator's to mend.
  const context = connectionSealContext(organisationId);
  const open =
    input.proof.kind === 'made-here'
      ? await requireWaitingProof(ports, organisationId)
      : input.proof;
  const proof = sealProof(ports, context, open, secretExpiresAt);
  const named = { tenantId: input.tenantId.toLowerCase(), clientId, proof: open };
  const { grant, profile } = await refuseTenantFailure(async () => {
    // A tenant may be named by any of its domains; its token says which one it is.
    const grant = await ports.consent.readGrant(named);
    const credentials = { ...named, tenantId: grant.tenantId };
    return { grant, profile: await ports.directory.profile(credentials) };
  });
  const now = ports.clock.now();
  const connection: ConnectionRecord = {
    tenantId: grant.tenantId,
    clientId,
    mode: 'application',
    proof,
    tiers: completeTiers(tiers),
    granted: { ...grant.granted, at: now },
    refused: null,
    displayName: profile.displayName,
    initialDomain: profile.initialDomain,
    connectedAt: now,
    preflight: null,
  };
  const saved = await saveConnection(ports, actor, connection);
  if (input.proof.kind === 'made-here') {
    await ports.database.withinOrganisation(organisationId, (r) =>
      r.connection.saveWaitingKey(null),
    );
  }
  return saved;
}

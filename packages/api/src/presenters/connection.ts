import type { ConnectionRecord } from '@holdfast/application';
import type { ConnectionView, PermissionView } from '@holdfast/contracts';
import { isGranted, TENANT_PERMISSIONS, type GrantedRoles } from '@holdfast/domain';
import { toIso } from './instant.ts';

/** The sealed secret stays on the server. */
export function presentConnection(
  connection: ConnectionRecord | null,
  offered: ConnectionView['offered'],
): ConnectionView {
  if (connection === null) {
    return {
      connected: false,
      mode: null,
      proof: null,
      tiers: [],
      grantedAt: null,
      permissions: presentPermissions(null),
      refused: null,
      offered,
      tenantId: null,
      clientId: null,
      displayName: null,
      initialDomain: null,
      connectedAt: null,
      preflight: null,
    };
  }
  const { tenantId, clientId, displayName, initialDomain, connectedAt, preflight } = connection;
  const { mode, proof, tiers, granted, refused } = connection;
  return {
    connected: true,
    mode,
    proof:
      proof === null
        ? null
        : {
            kind: proof.kind,
            expiresAt: proof.expiresAt === null ? null : toIso(proof.expiresAt),
          },
    tiers,
    grantedAt: granted === null ? null : toIso(granted.at),
    permissions: presentPermissions(granted),
    refused: refused === null ? null : { since: toIso(refused.since), detail: refused.detail },
    offered,
    tenantId,
    clientId,
    displayName,
    initialDomain,
    connectedAt: toIso(connectedAt),
    preflight:
      preflight === null
        ? null
        : {
            at: toIso(preflight.at),
            state: preflight.state,
            items: preflight.items,
          },
  };
}

function presentPermissions(granted: GrantedRoles | null): readonly PermissionView[] {
  return TENANT_PERMISSIONS.map((permission) => {
    const { name, resource, tier } = permission;
    return {
      name,
      resource,
      tier,
      granted: granted === null ? null : isGranted(permission, granted),
    };
  });
}

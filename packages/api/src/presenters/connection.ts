import type { ConnectionRecord } from '@holdfast/application';
import type { ConnectionView } from '@holdfast/contracts';
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
      granted: null,
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
    granted:
      granted === null
        ? null
        : { at: toIso(granted.at), graph: granted.graph, exchange: granted.exchange },
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
            items: preflight.items.map(({ check, ok, blocks, detail }) => {
              return { check, ok, blocks, detail };
            }),
          },
  };
}

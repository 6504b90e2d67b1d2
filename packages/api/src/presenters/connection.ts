import type { ConnectionRecord } from '@holdfast/application';
import type { ConnectionView } from '@holdfast/contracts';
import { toIso } from './instant.ts';

/** The sealed secret stays on the server. */
export function presentConnection(connection: ConnectionRecord | null): ConnectionView {
  if (connection === null) {
    return {
      connected: false,
      tenantId: null,
      clientId: null,
      displayName: null,
      initialDomain: null,
      connectedAt: null,
      preflight: null,
    };
  }
  const { tenantId, clientId, displayName, initialDomain, connectedAt, preflight } = connection;
  return {
    connected: true,
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

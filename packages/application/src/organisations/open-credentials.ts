import type { Ports } from '../ports.ts';
import type { TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import { Refusal } from '../refusal.ts';
import { openProof } from './seal-proof.ts';
import type { ConnectionRecord } from '../records/organisation.ts';

/** What a tenant's secret is sealed for; authenticated with it, so that it opens for this organisation only. */
export function connectionSealContext(organisationId: string): string {
  return `connection:${organisationId}`;
}

/** The tenant's credentials with the secret open, for calls to Microsoft; null when nothing is connected. */
export async function openCredentials(
  ports: Pick<Ports, 'database' | 'secrets'>,
  organisationId: string,
): Promise<TenantCredentials | null> {
  const connection = await ports.database.withinOrganisation(organisationId, (r) =>
    r.connection.get(),
  );
  return connection === null ? null : unseal(ports, organisationId, connection);
}

/** The same, where nothing can be done without. Refuses: `connection.missing`. */
export async function requireCredentials(
  ports: Pick<Ports, 'database' | 'secrets'>,
  organisationId: string,
): Promise<TenantCredentials> {
  const credentials = await openCredentials(ports, organisationId);
  if (credentials === null) throw connectionMissing();
  return credentials;
}

export function connectionMissing(): Refusal {
  return new Refusal(
    'connection.missing',
    'Office 365 is not connected yet. Connect it under Office 365 › Email Continuity first.',
  );
}

function unseal(
  ports: Pick<Ports, 'secrets'>,
  organisationId: string,
  connection: ConnectionRecord,
): TenantCredentials {
  const { tenantId, clientId, proof } = connection;
  if (proof === null) throw connectionMissing();
  const context = connectionSealContext(organisationId);
  return { tenantId, clientId, proof: openProof(ports, context, proof) };
}

import type { Ports } from '../ports.ts';
import type { TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import { Refusal } from '../refusal.ts';
import type { ConnectionRecord } from '../records/organisation.ts';
import { ownApplication } from './own-application.ts';
import { openProof } from './seal-proof.ts';

/** What a tenant's secret is sealed for; authenticated with it, so that it opens for this organisation only. */
export function connectionSealContext(organisationId: string): string {
  return `connection:${organisationId}`;
}

/** The tenant's credentials with the proof open, for calls to Microsoft; null when nothing is connected. */
export async function openCredentials(
  ports: Pick<Ports, 'database' | 'secrets' | 'consent'>,
  organisationId: string,
): Promise<TenantCredentials | null> {
  const connection = await ports.database.withinOrganisation(organisationId, (r) =>
    r.connection.get(),
  );
  return connection === null ? null : credentialsOf(ports, organisationId, connection);
}

/** The same, where nothing can be done without. Refuses: `connection.missing`. */
export async function requireCredentials(
  ports: Pick<Ports, 'database' | 'secrets' | 'consent'>,
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

/** The connection's own proof, or that of Holdfast's application. Refuses: `consent.unavailable`. */
export function credentialsOf(
  ports: Pick<Ports, 'secrets' | 'consent'>,
  organisationId: string,
  { tenantId, clientId, proof }: Pick<ConnectionRecord, 'tenantId' | 'clientId' | 'proof'>,
): TenantCredentials {
  if (proof === null) return { tenantId, clientId, proof: ownApplication(ports, clientId).proof };
  const context = connectionSealContext(organisationId);
  return { tenantId, clientId, proof: openProof(ports, context, proof) };
}

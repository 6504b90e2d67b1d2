import type { Instant } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { OwnApplication } from '../ports/office365/tenant-consent.ts';
import type { ConnectionRecord } from '../records/organisation.ts';
import { Refusal } from '../refusal.ts';

/** Holdfast's application by its id. Refuses: `consent.unavailable` when this installation has it no longer. */
export function ownApplication(ports: Pick<Ports, 'consent'>, clientId: string): OwnApplication {
  const found = ports.consent.applications.find((one) => one.clientId === clientId);
  if (found !== undefined) return found;
  throw new Refusal(
    'consent.unavailable',
    `This server no longer has the application ${clientId} that the tenant has admitted. Set HOLDFAST_APPLICATION_ID again, or connect anew.`,
  );
}

/** Until when the certificate of the application that the tenant has admitted is valid; null: nobody can tell. */
export function ownExpiry(
  ports: Pick<Ports, 'consent' | 'certificates'>,
  { mode, clientId }: Pick<ConnectionRecord, 'mode' | 'clientId'>,
): Instant | null {
  if (mode !== 'consent') return null;
  const proof = ports.consent.applications.find((one) => one.clientId === clientId)?.proof;
  if (proof?.kind !== 'certificate') return null;
  const reading = ports.certificates.read(proof);
  return reading.ok ? reading.facts.notAfter : null;
}

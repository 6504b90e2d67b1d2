import type { Ports } from '../ports.ts';
import type { OwnApplication } from '../ports/office365/tenant-consent.ts';
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

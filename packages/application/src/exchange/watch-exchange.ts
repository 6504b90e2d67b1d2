import { auditEntry, systemActor } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { keepCheck } from './check-exchange.ts';
import { establishedOf, readExchangeDifference } from './exchange-difference.ts';

/**
 * Looks whether the Office 365 side is still as it was set up: somebody may have deleted the connector. While Exchange
 * cannot be read nothing is concluded: in an outage it cannot.
 */
export async function watchExchange(ports: Ports, organisationId: string): Promise<void> {
  const actor = systemActor(organisationId);
  const { establishedAt, check: before } = await ports.database.withinOrganisation(
    organisationId,
    (r) => r.exchange.side(),
  );
  const reading = await readExchangeDifference(ports, actor);
  const established = establishedOf(reading);
  if (established !== 'yes' && established !== 'no') return;
  const { check } = await keepCheck(ports, actor, reading, null);
  const isNews = establishedAt !== null && before?.established !== 'no';
  if (established === 'yes' || !isNews) return;
  await ports.database.withinOrganisation(organisationId, (r) =>
    r.audit.append(auditEntry(ports, actor, 'exchange.drifted', check.detail)),
  );
}

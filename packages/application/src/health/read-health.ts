import { HOUR, initialHealth, type PrimaryHealth } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { EvidenceRecord, IncidentsRecord } from '../records/health.ts';

/** How far back the health page looks. */
const SHOWN = 24 * HOUR;

export interface HealthReading {
  readonly at: number;
  readonly since: number;
  readonly health: PrimaryHealth;
  /** Changes of the state since then, oldest first. */
  readonly states: readonly { readonly state: PrimaryHealth['state']; readonly since: number }[];
  /** Who said what when, oldest first. */
  readonly evidence: readonly EvidenceRecord[];
  /** Open incidents by Microsoft's account; null while it was never asked. */
  readonly incidents: IncidentsRecord | null;
}

/** The health of Office 365 over a day, by source. */
export async function readHealth(ports: Ports, actor: Actor): Promise<HealthReading> {
  const at = ports.clock.now();
  const since = at - SHOWN;
  return ports.database.withinOrganisation(actor.organisationId, async ({ health }) => ({
    at,
    since,
    health: (await health.get()) ?? initialHealth(at),
    states: await health.history(since),
    evidence: await health.evidence(since),
    incidents: await health.incidents(),
  }));
}

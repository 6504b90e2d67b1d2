import type { Instant } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { SpoolAlarm } from '../ports/spool.ts';

/** Newest alarms that a page shows; `holdfast doctor` says all there is to say. */
const MOST_ALARMS = 50;

/** Places of the mail store that could not be read, newest first. They are the installation's, not one organisation's. */
export async function readSpoolAlarms(
  ports: Pick<Ports, 'database'>,
  _actor: Actor,
): Promise<readonly (SpoolAlarm & { readonly at: Instant })[]> {
  const alarms = await ports.database.acrossOrganisations(({ ingest }) => ingest.alarms());
  return alarms.toSorted((a, b) => b.at - a.at).slice(0, MOST_ALARMS);
}

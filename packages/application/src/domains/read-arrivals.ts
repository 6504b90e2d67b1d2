import { DAY, parseIp, parseIpRange, rangeContains } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { findProtectableDomain } from './find-domain.ts';

/** How far back is looked. Milliseconds. */
const LOOKED_BACK = DAY;
const MOST_HOSTS = 50;

interface Arrival {
  readonly ip: string;
  readonly messages: number;
  readonly lastAt: number;
  /** One of the filter's hops, as they are listed. */
  readonly trusted: boolean;
}

/**
 * From which hosts mail for the domain really came in the last day, the busiest first: with a filter in front they must
 * be its hops. Refuses: `domains.unknown`, `domains.initial`.
 */
export async function readArrivals(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string },
): Promise<readonly Arrival[]> {
  const since = ports.clock.now() - LOOKED_BACK;
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const domain = await findProtectableDomain(r, input.name);
    const ranges = domain.trustedHops.flatMap((hop) => parseIpRange(hop) ?? []);
    const rows = await r.mailFlow.arrivals(domain.name, since, MOST_HOSTS);
    return rows.map((row) => {
      const address = parseIp(row.ip);
      const trusted = address !== null && ranges.some((range) => rangeContains(range, address));
      return { ...row, trusted };
    });
  });
}

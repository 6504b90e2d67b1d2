import type { DesiredExchange, OwnedExchange } from '@holdfast/domain';
import { desiredExchange, ownedOf } from '../exchange/desired-exchange.ts';
import type { Ports } from '../ports.ts';

/** What the tenant was set up with: the lock-down is switched on only where it is there just so. */
export async function installedExchange(
  ports: Pick<Ports, 'database' | 'settings'>,
  organisationId: string,
): Promise<{ readonly desired: DesiredExchange; readonly owned: OwnedExchange }> {
  return ports.database.withinOrganisation(organisationId, async (r) => ({
    desired: await desiredExchange(ports, r, organisationId),
    owned: ownedOf(await r.exchange.changes()),
  }));
}

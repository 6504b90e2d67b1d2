import { exchangeTag, type DesiredExchange, type OwnedExchange } from '@holdfast/domain';
import type { Ports } from '../ports.ts';

/** What the tenant was set up with: the lock-down is switched on only where it is there just so. */
export async function installedExchange(
  ports: Pick<Ports, 'database' | 'settings'>,
  organisationId: string,
): Promise<{ readonly desired: DesiredExchange; readonly owned: OwnedExchange }> {
  const steps = await ports.database.withinOrganisation(organisationId, ({ organisation }) =>
    organisation.steps(),
  );
  const addresses = steps.find(({ step }) => step === 'allow-addresses')?.added ?? [];
  return {
    desired: {
      tag: exchangeTag(organisationId),
      certificateName: null,
      addresses: ports.settings.ourAddresses,
      hopsBefore: [],
      filtering: 'enhanced',
      junkRule: null,
      sealer: null,
    },
    owned: { addresses, sealers: [] },
  };
}

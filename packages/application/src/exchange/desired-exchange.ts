import { exchangeTag, ownedBy, type DesiredExchange, type OwnedExchange } from '@holdfast/domain';
import { VERDICT_HEADER } from '../mail-flow/trace-headers.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { ExchangeChangeRecord } from '../records/exchange.ts';

type Sources = Pick<OrganisationRepositories, 'exchange' | 'domains'>;

/** What the Office 365 side shall be like, from what was chosen and from how this installation relays. */
export async function desiredExchange(
  ports: Pick<Ports, 'settings'>,
  r: Sources,
  organisationId: string,
): Promise<DesiredExchange> {
  const { filtering, junkRule } = await r.exchange.side();
  const inFront = (await r.domains.list()).filter(
    ({ filterMode }) => filterMode === 'filter-in-front',
  );
  return {
    tag: exchangeTag(organisationId),
    // The relay shows no certificate of its own: the tenant knows us by our addresses.
    certificateName: null,
    addresses: ports.settings.ourAddresses,
    hopsBefore: [...new Set(inFront.flatMap(({ trustedHops }) => trustedHops))],
    filtering,
    junkRule: junkRule ? { headerName: VERDICT_HEADER, word: 'junk' } : null,
    // Nothing that we relay is changed by us, so nothing is sealed.
    sealer: null,
  };
}

/** What of shared lists is ours. What was refused for certain never was. */
export function ownedOf(changes: readonly ExchangeChangeRecord[]): OwnedExchange {
  return ownedBy(changes.filter(({ state }) => state !== 'refused').map(({ step }) => step));
}

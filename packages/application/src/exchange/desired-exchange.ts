import { exchangeTag, ownedBy, type DesiredExchange, type OwnedExchange } from '@holdfast/domain';
import { VERDICT_HEADER } from '../mail-flow/trace-headers.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { ExchangeChangeRecord } from '../records/exchange.ts';

type Sources = Pick<OrganisationRepositories, 'exchange' | 'domains'>;

/** The header that mx writes, and the word in it that means Junk Email; no reason for a verdict holds it. */
export const JUNK_RULE = { headerName: VERDICT_HEADER, word: 'junk' } as const;

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
    certificateName: ports.settings.relayCertificateName,
    addresses: ports.settings.ourAddresses,
    hopsBefore: [...new Set(inFront.flatMap(({ trustedHops }) => trustedHops))],
    filtering,
    junkRule: junkRule ? JUNK_RULE : null,
    // Nothing that we relay is changed by us, so nothing is sealed.
    sealer: null,
  };
}

/** What of shared lists is ours. What was refused for certain never was. */
export function ownedOf(changes: readonly ExchangeChangeRecord[]): OwnedExchange {
  return ownedBy(changes.filter(({ state }) => state !== 'refused').map(({ step }) => step));
}

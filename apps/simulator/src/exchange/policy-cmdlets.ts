import { DOMAINS } from '../tenant/domains.ts';
import {
  type Cmdlet,
  flag,
  multivalued,
  objectNotFound,
  type Parameters,
  requiredText,
  text,
} from './cmdlet.ts';
import { checkIpList } from './ip-list.ts';

/** Only the object called `Identity`, when one is asked for. */
export function byIdentity<Item extends { readonly Identity: string }>(
  items: readonly Item[],
  parameters: Parameters,
): readonly Item[] {
  const identity = text(parameters, 'Identity');
  if (identity === undefined) return items;
  const found = items.filter((item) => item.Identity.toLowerCase() === identity.toLowerCase());
  if (found.length === 0) throw objectNotFound(identity);
  return found;
}

export const POLICY_CMDLETS: Readonly<Record<string, Cmdlet>> = {
  'Get-HostedConnectionFilterPolicy': {
    writes: false,
    run: (world, parameters) =>
      byIdentity([world.exchange.connectionFilter], parameters).map((policy) => ({ ...policy })),
  },
  'Set-HostedConnectionFilterPolicy': {
    writes: true,
    policy: true,
    run: (world, parameters) => {
      requiredText(parameters, 'Identity');
      const current = world.exchange.connectionFilter;
      byIdentity([current], parameters);
      const next = {
        ...current,
        IPAllowList: multivalued(parameters, 'IPAllowList', current.IPAllowList),
        IPBlockList: multivalued(parameters, 'IPBlockList', current.IPBlockList),
        EnableSafeList: flag(parameters, 'EnableSafeList', current.EnableSafeList),
      };
      checkIpList('IPAllowList', next.IPAllowList);
      checkIpList('IPBlockList', next.IPBlockList);
      world.exchange.connectionFilter = next;
      return [];
    },
  },
  'Get-AcceptedDomain': {
    writes: false,
    run: (_world, parameters) =>
      byIdentity(
        DOMAINS.filter((domain) => domain.mailExchange !== null).map((domain) => ({
          Identity: domain.name,
          Name: domain.name,
          DomainName: domain.name,
          DomainType: 'Authoritative',
          Default: domain.isDefault,
          InitialDomain: domain.isInitial,
        })),
        parameters,
      ),
  },
};

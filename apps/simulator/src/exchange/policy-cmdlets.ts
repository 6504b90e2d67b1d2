import { DOMAINS } from '../tenant/domains.ts';
import { stableGuid } from '../tenant/stable-guid.ts';
import {
  type Cmdlet,
  flag,
  invalid,
  multivalued,
  objectNotFound,
  type Parameters,
  requiredText,
  text,
} from './cmdlet.ts';
import { CONTENT_FILTER_POLICIES, TENANT_ALLOW_BLOCK_LIST } from './filter-seed.ts';
import { checkIpList } from './ip-list.ts';

const DAY_MS = 86_400_000;

/** Only the object called `Identity`, when one is asked for. */
function byIdentity<Item extends { readonly Identity: string }>(
  items: readonly Item[],
  parameters: Parameters,
): readonly Item[] {
  const identity = text(parameters, 'Identity');
  if (identity === undefined) return items;
  const found = items.filter((item) => item.Identity.toLowerCase() === identity.toLowerCase());
  if (found.length === 0) throw objectNotFound(identity);
  return found;
}

function allowBlockList(parameters: Parameters) {
  const type = requiredText(parameters, 'ListType');
  if (!['sender', 'url', 'filehash', 'ip'].includes(type.toLowerCase())) {
    throw invalid(
      `Cannot bind parameter 'ListType'. '${type}' is not Sender, Url, FileHash or IP.`,
    );
  }
  const now = Date.now();
  const wanted = flag(parameters, 'Allow', false)
    ? 'Allow'
    : flag(parameters, 'Block', false)
      ? 'Block'
      : undefined;
  return TENANT_ALLOW_BLOCK_LIST.filter(
    (item) => item.listType.toLowerCase() === type.toLowerCase(),
  )
    .filter((item) => wanted === undefined || item.action === wanted)
    .map((item) => ({
      Identity: stableGuid(`tabl:${item.value}`),
      Value: item.value,
      Action: item.action,
      ListSubType: 'Tenant',
      ExpirationDate:
        item.expiresInDays === null
          ? null
          : new Date(now + item.expiresInDays * DAY_MS).toISOString(),
      CreatedDateTime: new Date(now - 60 * DAY_MS).toISOString(),
      LastModifiedDateTime: new Date(now - 60 * DAY_MS).toISOString(),
      LastUsedDate: null,
      Notes: item.notes,
    }));
}

export const POLICY_CMDLETS: Readonly<Record<string, Cmdlet>> = {
  'Get-HostedContentFilterPolicy': {
    writes: false,
    run: (_world, parameters) => byIdentity(CONTENT_FILTER_POLICIES, parameters),
  },
  'Get-TenantAllowBlockListItems': {
    writes: false,
    run: (_world, parameters) => allowBlockList(parameters),
  },
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

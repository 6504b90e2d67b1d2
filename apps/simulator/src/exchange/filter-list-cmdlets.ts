import { stableGuid } from '../tenant/stable-guid.ts';
import type { World } from '../world.ts';
import {
  type Cmdlet,
  type CmdletObject,
  flag,
  invalid,
  objectNotFound,
  type Parameters,
  requiredText,
  text,
} from './cmdlet.ts';
import {
  CONTENT_FILTER_POLICIES,
  CONTENT_FILTER_RULES,
  JUNK_SETTINGS,
  SPOOF_ITEMS,
  TENANT_ALLOW_BLOCK_LIST,
} from './filter-seed.ts';
import { byIdentity } from './policy-cmdlets.ts';

const DAY_MS = 86_400_000;
/** Ends of entries are days from here, and stay what they are. */
const BEGAN = Date.now();

function allowBlockList(parameters: Parameters): readonly CmdletObject[] {
  const type = requiredText(parameters, 'ListType');
  if (!['sender', 'url', 'filehash', 'ip'].includes(type.toLowerCase())) {
    throw invalid(
      `Cannot bind parameter 'ListType'. '${type}' is not Sender, Url, FileHash or IP.`,
    );
  }
  const subType = (text(parameters, 'ListSubType') ?? 'Tenant').toLowerCase();
  const wanted = flag(parameters, 'Allow', false)
    ? 'Allow'
    : flag(parameters, 'Block', false)
      ? 'Block'
      : undefined;
  return TENANT_ALLOW_BLOCK_LIST.filter(
    (item) =>
      item.listType.toLowerCase() === type.toLowerCase() &&
      (item.subType ?? 'Tenant').toLowerCase() === subType &&
      (wanted === undefined || item.action === wanted),
  ).map((item) => ({
    Identity: stableGuid(`tabl:${item.value}`),
    Value: item.value,
    Action: item.action,
    ListSubType: item.subType ?? 'Tenant',
    ExpirationDate:
      item.expiresInDays === null
        ? null
        : new Date(BEGAN + item.expiresInDays * DAY_MS).toISOString(),
    CreatedDateTime: new Date(BEGAN - 60 * DAY_MS).toISOString(),
    LastModifiedDateTime: new Date(BEGAN - 60 * DAY_MS).toISOString(),
    LastUsedDate: null,
    Notes: item.notes,
  }));
}

/** Exchange answers for each mailbox it has, and knows no settings of groups or contacts. */
function junkSettings({ directory }: World, parameters: Parameters): readonly CmdletObject[] {
  const identity = requiredText(parameters, 'Identity').toLowerCase();
  const owner = directory.resolve(identity);
  if (owner?.type !== 'user' || ['guest', 'none'].includes(owner.purpose)) {
    throw objectNotFound(identity);
  }
  const settings = owner.addresses.map((address) => JUNK_SETTINGS[address]).find(Boolean);
  return [
    {
      Identity: owner.displayName,
      MailboxOwnerId: owner.displayName,
      Enabled: true,
      TrustedSendersAndDomains: [],
      TrustedRecipientsAndDomains: settings?.TrustedSendersAndDomains ?? [],
      BlockedSendersAndDomains: [],
      ContactsTrusted: false,
      TrustedListsOnly: false,
      ...settings,
    },
  ];
}

/** What filters by sender: only read. */
export const FILTER_LIST_CMDLETS: Readonly<Record<string, Cmdlet>> = {
  'Get-HostedContentFilterPolicy': {
    writes: false,
    run: (_world, parameters) => byIdentity(CONTENT_FILTER_POLICIES, parameters),
  },
  'Get-HostedContentFilterRule': {
    writes: false,
    run: (_world, parameters) => byIdentity(CONTENT_FILTER_RULES, parameters),
  },
  'Get-TenantAllowBlockListItems': {
    writes: false,
    run: (_world, parameters) => allowBlockList(parameters),
  },
  'Get-TenantAllowBlockListSpoofItems': { writes: false, run: () => SPOOF_ITEMS },
  'Get-MailboxJunkEmailConfiguration': { writes: false, run: junkSettings },
};

import type {
  JunkSettings,
  TenantListItem,
  TenantListSource,
  TenantSpoof,
} from '@holdfast/application';
import type { ListKind, PolicyRule } from '@holdfast/domain';
import { z } from 'zod';

/**
 * List items come as strings, as objects (`{"Sender":{"Address":"a@b"}}`, `{"Domain":"b"}`) or joined by commas,
 * depending on how the cmdlet was serialised; a list of one may come without its array (reference 3.3 and 8).
 */
const items = z
  .unknown()
  .optional()
  .transform((value): readonly string[] => textsOf(value, 0));

/** Properties that carry the value, outermost first. */
const VALUE_NAMES = ['Sender', 'Domain', 'Address', 'PrimarySmtpAddress', 'Value', 'Name'];
/** Nesting that is looked into: nobody sends more, and hostile text may. */
const DEEPEST = 4;

function textsOf(value: unknown, depth: number): readonly string[] {
  if (depth > DEEPEST) return [];
  if (typeof value === 'string') {
    return value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }
  if (Array.isArray(value)) return value.flatMap((part: unknown) => textsOf(part, depth + 1));
  if (typeof value !== 'object' || value === null) return [];
  const record: Readonly<Record<string, unknown>> = { ...value };
  for (const name of VALUE_NAMES) {
    const texts = textsOf(record[name], depth + 1);
    if (texts.length > 0) return texts;
  }
  return [];
}

const named = z
  .string()
  .nullish()
  .transform((value) => value ?? 'Default');
/** Booleans are seen as `true`, `"True"` and `1`. */
const flag = z
  .unknown()
  .optional()
  .transform((value) => /^(?:true|1|enabled|yes)$/i.test(String(value)));

export const contentPolicy = z.object({
  Name: named,
  AllowedSenders: items,
  AllowedSenderDomains: items,
  BlockedSenders: items,
  BlockedSenderDomains: items,
});

export const contentRule = z.object({
  Name: named,
  HostedContentFilterPolicy: z
    .unknown()
    .optional()
    .transform((value) => textsOf(value, 0)[0] ?? ''),
  State: flag,
  Priority: z.coerce.number(),
  SentTo: items,
  SentToMemberOf: items,
  RecipientDomainIs: items,
  ExceptIfSentTo: items,
  ExceptIfSentToMemberOf: items,
  ExceptIfRecipientDomainIs: items,
});

export const connectionPolicy = z.object({ Name: named, IPAllowList: items, IPBlockList: items });

export const tenantListItem = z.object({
  Value: z.string(),
  Action: z.string().transform(actionOf),
  ListSubType: z.string().nullish(),
  ExpirationDate: z.union([z.string(), z.number()]).nullish(),
});

export const spoofItem = z.object({
  SpoofedUser: z.string().nullish(),
  SendingInfrastructure: z.string().nullish(),
  Action: z.string().transform(actionOf),
});

export const junkConfiguration = z.object({
  TrustedSendersAndDomains: items,
  BlockedSendersAndDomains: items,
  ContactsTrusted: flag,
  TrustedListsOnly: flag,
});

function actionOf(value: string): ListKind | null {
  const action = value.toLowerCase();
  return action === 'allow' || action === 'block' ? action : null;
}

export function fromContentPolicy(
  policy: z.infer<typeof contentPolicy>,
): readonly TenantListItem[] {
  const from = entriesOf('content-filter', policy.Name);
  return [
    ...from('allow', [...policy.AllowedSenders, ...policy.AllowedSenderDomains]),
    ...from('block', [...policy.BlockedSenders, ...policy.BlockedSenderDomains]),
  ];
}

export function fromContentRule(rule: z.infer<typeof contentRule>): PolicyRule {
  return {
    policy: rule.HostedContentFilterPolicy || rule.Name,
    priority: rule.Priority,
    enabled: rule.State,
    sentTo: rule.SentTo,
    memberOf: rule.SentToMemberOf,
    domains: rule.RecipientDomainIs,
    exceptSentTo: rule.ExceptIfSentTo,
    exceptMemberOf: rule.ExceptIfSentToMemberOf,
    exceptDomains: rule.ExceptIfRecipientDomainIs,
  };
}

export function fromConnectionPolicy(
  policy: z.infer<typeof connectionPolicy>,
): readonly TenantListItem[] {
  const from = entriesOf('connection-filter', policy.Name);
  return [...from('allow', policy.IPAllowList), ...from('block', policy.IPBlockList)];
}

/**
 * Without what has run out: Office 365 has stopped to apply it. Nor what allows until a day that cannot be read, for it
 * may be over; a block of that kind is taken as one that does not end.
 */
export function fromTenantList(
  rows: readonly z.infer<typeof tenantListItem>[],
  now: number,
): readonly TenantListItem[] {
  return rows.flatMap((row): readonly TenantListItem[] => {
    const { Action: kind, Value: value } = row;
    if (kind === null || isSimulation(row)) return [];
    const expiresAt = readExpiry(row.ExpirationDate);
    if (Number.isNaN(expiresAt) && kind === 'allow') return [];
    const end = Number.isNaN(expiresAt) ? null : expiresAt;
    if (end !== null && end <= now) return [];
    const source = 'tenant-list';
    return [{ kind, value: value.trim(), source, policy: TENANT_LIST, expiresAt: end }];
  });
}

const TENANT_LIST = 'Tenant Allow/Block List';

/** Entries of the advanced delivery policy stand in the same lists (`ListSubType`). */
export function isSimulation({ ListSubType: type }: z.infer<typeof tenantListItem>): boolean {
  return type?.toLowerCase() === 'advanceddelivery';
}

/** Null: never; NaN: unreadable. Exchange writes ISO 8601; older serialisers `/Date(1764547200000)/`. */
function readExpiry(value: string | number | null | undefined): number | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number') return value;
  const [, milliseconds] = /^\/Date\((-?\d+)/.exec(value) ?? [];
  const at = milliseconds === undefined ? Date.parse(value) : Number(milliseconds);
  // .NET's `DateTime.MaxValue` stands for never.
  return at >= FAR_FUTURE ? null : at;
}

const FAR_FUTURE = Date.UTC(9999, 0, 1);

export function fromSpoofItem(row: z.infer<typeof spoofItem>): readonly TenantSpoof[] {
  const { Action: action, SpoofedUser: sender, SendingInfrastructure: infrastructure } = row;
  return action === null
    ? []
    : [{ sender: sender ?? '', infrastructure: infrastructure ?? '', action }];
}

export function fromJunkConfiguration(row: z.infer<typeof junkConfiguration>): JunkSettings {
  return {
    safe: row.TrustedSendersAndDomains,
    blocked: row.BlockedSendersAndDomains,
    contactsTrusted: row.ContactsTrusted,
    listsOnly: row.TrustedListsOnly,
  };
}

function entriesOf(source: TenantListSource, policy: string) {
  return (kind: ListKind, values: readonly string[]): readonly TenantListItem[] =>
    values.map((value) => ({ kind, value, source, policy, expiresAt: null }));
}

import type { TenantCredentials } from '@holdfast/application';
import type { CmdletValue, DirectoryKind } from '@holdfast/domain';
import { z } from 'zod';
import type { ExchangeClient } from './exchange-client.ts';

/** A recipient as Exchange lists it, public folders and dynamic groups included. */
export interface ExchangeRecipient {
  /** Graph's id of the same object; null for what Graph does not know. */
  readonly graphId: string | null;
  readonly ownId: string;
  readonly displayName: string;
  readonly type: string;
  readonly kind: DirectoryKind;
  readonly hasMailbox: boolean;
  readonly primaryAddress: string;
  readonly addresses: readonly string[];
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** Plain strings (`SMTP:a@b`) or objects, depending on how the cmdlet was serialised. */
const proxy = z.union([
  z.string(),
  z
    .object({ ProxyAddressString: text, SmtpAddress: text })
    .transform((value) => value.ProxyAddressString || `smtp:${value.SmtpAddress}`),
]);

const recipient = z.object({
  PrimarySmtpAddress: text,
  EmailAddresses: z
    .union([z.array(proxy), z.string().transform((value) => value.split(','))])
    .nullish()
    .transform((value) => value ?? []),
  RecipientTypeDetails: text,
  ExternalDirectoryObjectId: text,
  DisplayName: text,
  Name: text,
  Guid: text,
});

/** Exchange's `RecipientTypeDetails` in our words. What is not listed is known to us but never protected. */
const KINDS: Readonly<Record<string, DirectoryKind>> = {
  usermailbox: 'user',
  linkedmailbox: 'user',
  legacymailbox: 'user',
  mailuser: 'user',
  remoteusermailbox: 'user',
  sharedmailbox: 'shared-mailbox',
  remotesharedmailbox: 'shared-mailbox',
  teammailbox: 'shared-mailbox',
  schedulingmailbox: 'shared-mailbox',
  discoverymailbox: 'shared-mailbox',
  roommailbox: 'room',
  linkedroommailbox: 'room',
  remoteroommailbox: 'room',
  equipmentmailbox: 'equipment',
  remoteequipmentmailbox: 'equipment',
  groupmailbox: 'group',
  mailuniversaldistributiongroup: 'group',
  mailuniversalsecuritygroup: 'group',
  mailnonuniversalgroup: 'group',
  roomlist: 'group',
  dynamicdistributiongroup: 'dynamic-group',
  publicfolder: 'public-folder',
  mailcontact: 'contact',
  mailforestcontact: 'contact',
  guestmailuser: 'guest',
};
const USER_MAILBOXES = new Set(['usermailbox', 'linkedmailbox', 'legacymailbox']);

const FIELDS = [
  'PrimarySmtpAddress',
  'EmailAddresses',
  'RecipientTypeDetails',
  'ExternalDirectoryObjectId',
  'DisplayName',
  'Guid',
];
const FOLDER_FIELDS = ['PrimarySmtpAddress', 'EmailAddresses', 'Name', 'Guid'];

/** Every recipient of the tenant. Two listings, since `Get-Recipient` may leave public folders out. */
export async function listRecipients(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
  progress: (more: number) => void,
): Promise<readonly ExchangeRecipient[]> {
  const parameters = { ResultSize: 'Unlimited' };
  const onPage = (items: readonly unknown[]): void => progress(items.length);
  const rows = await exchange.invoke(
    credentials,
    { name: 'Get-Recipient', parameters, select: FIELDS, item: recipient },
    onPage,
  );
  const folders = await exchange.invoke(
    credentials,
    { name: 'Get-MailPublicFolder', parameters, select: FOLDER_FIELDS, item: recipient },
    onPage,
  );
  const found = new Map<string, ExchangeRecipient>();
  for (const row of rows) note(found, toRecipient(row));
  for (const row of folders)
    note(found, toRecipient({ ...row, RecipientTypeDetails: 'PublicFolder' }));
  return [...found.values()];
}

function note(found: Map<string, ExchangeRecipient>, entry: ExchangeRecipient | null): void {
  if (entry !== null && !found.has(entry.primaryAddress)) found.set(entry.primaryAddress, entry);
}

function toRecipient(row: z.infer<typeof recipient>): ExchangeRecipient | null {
  const primaryAddress = row.PrimarySmtpAddress.trim().toLowerCase();
  if (primaryAddress === '') return null;
  const type = row.RecipientTypeDetails.toLowerCase();
  return {
    graphId: row.ExternalDirectoryObjectId || null,
    ownId: row.Guid || primaryAddress,
    displayName: row.DisplayName || row.Name || primaryAddress,
    type,
    kind: KINDS[type] ?? 'shared-mailbox',
    hasMailbox: USER_MAILBOXES.has(type),
    primaryAddress,
    addresses: [...new Set([primaryAddress, ...smtpAddresses(row.EmailAddresses)])],
  };
}

/** `SMTP:` and `smtp:` entries, lower-case; `SIP:`, `X500:`, `EUM:` and the like are not mail addresses. */
export function smtpAddresses(proxies: readonly string[]): readonly string[] {
  return proxies
    .map((entry) => entry.trim())
    .filter((entry) => /^smtp:[^@]+@[^@]+$/i.test(entry))
    .map((entry) => entry.slice(5).toLowerCase());
}

/** The cmdlet that lists the direct members of a group of that type. */
export function memberCmdlet(group: ExchangeRecipient): {
  readonly name: string;
  readonly parameters: Readonly<Record<string, CmdletValue>>;
} {
  const parameters = { Identity: group.primaryAddress, ResultSize: 'Unlimited' };
  if (group.type === 'groupmailbox') {
    return { name: 'Get-UnifiedGroupLinks', parameters: { ...parameters, LinkType: 'Members' } };
  }
  return group.kind === 'dynamic-group'
    ? { name: 'Get-DynamicDistributionGroupMember', parameters }
    : { name: 'Get-DistributionGroupMember', parameters };
}

export const groupMember = z.object({ PrimarySmtpAddress: text });
export const MEMBER_FIELDS = ['PrimarySmtpAddress'];

import type {
  DirectoryFact,
  ExchangeListing,
  PageReceiver,
  TenantCredentials,
  TenantObject,
} from '@holdfast/application';
import type { DirectoryKind } from '@holdfast/domain';
import { z } from 'zod';
import type { ExchangeClient } from './exchange-client.ts';
import { smtpAddresses } from '../directory/smtp-addresses.ts';

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
const EVERY = { ResultSize: 'Unlimited' };

/** One of Exchange's lists, whole. */
export async function readListing(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
  listing: ExchangeListing,
  receive: PageReceiver,
): Promise<void> {
  switch (listing) {
    case 'recipients':
      await exchange.each(
        credentials,
        { name: 'Get-Recipient', parameters: EVERY, select: FIELDS, item: recipient },
        (rows) => receive(rows.flatMap(objectFact)),
      );
      break;
    case 'public-folders':
      await exchange.each(
        credentials,
        { name: 'Get-MailPublicFolder', parameters: EVERY, select: FOLDER_FIELDS, item: recipient },
        (rows) =>
          receive(
            rows.flatMap((row) => objectFact({ ...row, RecipientTypeDetails: 'PublicFolder' })),
          ),
      );
      break;
    case 'restrictions':
      for (const name of GROUP_CMDLETS) {
        await exchange.each(
          credentials,
          { name, parameters: EVERY, select: RESTRICTION_FIELDS, item: groupRules },
          (rows) => receive(rows.flatMap(restrictionFact)),
        );
      }
      break;
  }
}

function objectFact(row: z.infer<typeof recipient>): readonly DirectoryFact[] {
  const object = toObject(row);
  const inGraph = row.ExternalDirectoryObjectId !== '';
  return object === null ? [] : [{ fact: 'object', object, inGraph }];
}

function toObject(row: z.infer<typeof recipient>): TenantObject | null {
  const primaryAddress = row.PrimarySmtpAddress.trim().toLowerCase();
  if (primaryAddress === '') return null;
  const type = row.RecipientTypeDetails.toLowerCase();
  const kind = KINDS[type] ?? 'shared-mailbox';
  return {
    externalId: idOf(row) || primaryAddress,
    kind,
    displayName: row.DisplayName || row.Name || primaryAddress,
    primaryAddress,
    addresses: [...new Set([primaryAddress, ...smtpAddresses(row.EmailAddresses)])],
    hasMailbox: USER_MAILBOXES.has(type),
    accountEnabled: true,
    directoryPhone: null,
    preferredLanguage: null,
  };
}

/** Graph's id of the same object, or Exchange's own for what Graph does not know. */
function idOf(row: { readonly ExternalDirectoryObjectId: string; readonly Guid: string }): string {
  return row.ExternalDirectoryObjectId || row.Guid;
}

/** Together they list every group; `Get-Recipient` does not tell who may write to one. */
const GROUP_CMDLETS = [
  'Get-DistributionGroup',
  'Get-UnifiedGroup',
  'Get-DynamicDistributionGroup',
] as const;

/** `true`, `"True"`: as the cmdlet happened to be serialised. What is not said is no restriction. */
const flag = z
  .union([z.boolean(), z.string()])
  .nullish()
  .transform((value) => value === true || String(value).toLowerCase() === 'true');
/** A list, one entry alone, or nothing. */
const entries = z
  .union([z.array(z.unknown()), z.string(), z.record(z.string(), z.unknown())])
  .nullish()
  .transform((value) =>
    Array.isArray(value)
      ? value.length
      : value === null || value === undefined || value === ''
        ? 0
        : 1,
  );

const groupRules = z.object({
  ExternalDirectoryObjectId: text,
  Guid: text,
  RequireSenderAuthenticationEnabled: flag,
  ModerationEnabled: flag,
  AcceptMessagesOnlyFrom: entries,
  AcceptMessagesOnlyFromDLMembers: entries,
  AcceptMessagesOnlyFromSendersOrMembers: entries,
});
const RESTRICTION_FIELDS = Object.keys(groupRules.shape);

function restrictionFact(row: z.infer<typeof groupRules>): readonly DirectoryFact[] {
  const externalId = idOf(row);
  if (externalId === '') return [];
  const restricted =
    row.RequireSenderAuthenticationEnabled ||
    row.ModerationEnabled ||
    row.AcceptMessagesOnlyFrom +
      row.AcceptMessagesOnlyFromDLMembers +
      row.AcceptMessagesOnlyFromSendersOrMembers >
      0;
  return [{ fact: 'restriction', externalId, restricted }];
}

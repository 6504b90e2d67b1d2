import { INITIAL_DOMAIN } from '../tenant/identity.ts';
import type { Directory } from '../tenant/directory.ts';
import { hasMailbox, type DirectoryGroup, type Recipient } from '../tenant/recipient.ts';
import { membersOf } from '../mailbox/delivery.ts';
import type { World } from '../world.ts';
import {
  type Cmdlet,
  type CmdletObject,
  objectNotFound,
  type Parameters,
  requiredText,
  text,
} from './cmdlet.ts';

/** Exchange's name for the kind of a recipient; null for what is no recipient (unlicensed accounts). */
function recipientTypeDetails(recipient: Recipient): string | null {
  switch (recipient.type) {
    case 'user': {
      const names = {
        user: 'UserMailbox',
        shared: 'SharedMailbox',
        room: 'RoomMailbox',
        equipment: 'EquipmentMailbox',
        guest: 'GuestMailUser',
        none: null,
      } as const;
      return names[recipient.purpose];
    }
    case 'group': {
      const names = {
        distribution: 'MailUniversalDistributionGroup',
        security: 'MailUniversalSecurityGroup',
        unified: 'GroupMailbox',
        dynamic: 'DynamicDistributionGroup',
      } as const;
      return names[recipient.kind];
    }
    case 'contact':
      return 'MailContact';
    case 'publicFolder':
      return 'PublicFolder';
  }
}

function present(recipient: Recipient): CmdletObject {
  const external = recipient.type === 'contact' ? [recipient.externalAddress] : [];
  const addresses = [...external, ...recipient.addresses];
  const details = recipientTypeDetails(recipient);
  const inEntra =
    recipient.type !== 'publicFolder' &&
    !(recipient.type === 'group' && recipient.kind === 'dynamic');
  return {
    Identity: recipient.displayName,
    Name: recipient.displayName,
    DisplayName: recipient.displayName,
    Alias: recipient.addresses[0]?.split('@')[0] ?? '',
    Guid: recipient.id,
    ExternalDirectoryObjectId: inEntra ? recipient.id : '',
    PrimarySmtpAddress: addresses[0] ?? '',
    WindowsLiveID: recipient.type === 'user' ? recipient.userPrincipalName : '',
    ExternalEmailAddress: external[0] === undefined ? null : `SMTP:${external[0]}`,
    EmailAddresses: addresses.map((address, i) => `${i === 0 ? 'SMTP' : 'smtp'}:${address}`),
    RecipientType: details,
    RecipientTypeDetails: details,
    HiddenFromAddressListsEnabled: false,
    OrganizationalUnit: INITIAL_DOMAIN,
    ...(recipient.type === 'group' && presentRules(recipient)),
  };
}

/** Who may write to a group; shown by the cmdlets for groups. */
function presentRules(group: DirectoryGroup): CmdletObject {
  const only = group.closed === 'members-only' ? [group.displayName] : [];
  return {
    RequireSenderAuthenticationEnabled: group.closed === 'internal-only',
    ModerationEnabled: group.closed === 'moderated',
    AcceptMessagesOnlyFrom: [],
    AcceptMessagesOnlyFromDLMembers: only,
    AcceptMessagesOnlyFromSendersOrMembers: only,
  };
}

/** Ids of recipients, each shown when its page is asked for: a listing of 50,000 costs its pages and no more. */
class Listing {
  readonly #directory: Directory;
  readonly #ids: readonly string[];

  constructor(directory: Directory, ids: readonly string[]) {
    this.#directory = directory;
    this.#ids = ids;
  }

  get length(): number {
    return this.#ids.length;
  }

  slice(start: number, end: number): readonly CmdletObject[] {
    return this.#ids
      .slice(start, end)
      .map((id) => this.#directory.byId(id))
      .filter((recipient) => recipient !== undefined)
      .map(present);
  }
}

/** The latest listing of each directory: its pages come one after the other, each with the same request. */
const latest = new WeakMap<Directory, { readonly key: string; readonly listing: Listing }>();

function listing(
  directory: Directory,
  parameters: Parameters,
  name: string,
  only: (recipient: Recipient) => boolean,
): Listing {
  const given = parameters['RecipientTypeDetails'];
  const kinds = given === undefined ? undefined : [given].flat().map(String);
  const key = JSON.stringify([name, directory.version, kinds]);
  const known = latest.get(directory);
  if (known?.key === key) return known.listing;
  const ids: string[] = [];
  for (const recipient of directory.each()) {
    const details = recipientTypeDetails(recipient);
    if (details === null || kinds?.includes(details) === false) continue;
    if (only(recipient)) ids.push(recipient.id);
  }
  const made = new Listing(directory, ids);
  latest.set(directory, { key, listing: made });
  return made;
}

/** One object by address, alias, id or display name. */
function find(world: World, identity: string): Recipient {
  const wanted = identity.toLowerCase();
  const found =
    world.directory.resolve(wanted) ??
    world.directory.byId(wanted) ??
    world.directory.all().find((recipient) => recipient.displayName === identity);
  if (found === undefined) throw objectNotFound(identity);
  return found;
}

function groupOf(world: World, identity: string, kinds: readonly DirectoryGroup['kind'][]) {
  const group = find(world, identity);
  if (group.type !== 'group' || !kinds.includes(group.kind)) throw objectNotFound(identity);
  return group;
}

const members = (kinds: readonly DirectoryGroup['kind'][]): Cmdlet => ({
  writes: false,
  run: (world, parameters) =>
    membersOf(world.directory, groupOf(world, requiredText(parameters, 'Identity'), kinds)).map(
      present,
    ),
});

const recipients = (name: string, only: (recipient: Recipient) => boolean): Cmdlet => ({
  writes: false,
  run: (world, parameters) => {
    const identity = text(parameters, 'Identity');
    if (identity === undefined) return listing(world.directory, parameters, name, only);
    return [find(world, identity)].filter(only).map(present);
  },
});

const groups = (name: string, kinds: readonly DirectoryGroup['kind'][]): Cmdlet =>
  recipients(name, (recipient) => recipient.type === 'group' && kinds.includes(recipient.kind));

export const RECIPIENT_CMDLETS: Readonly<Record<string, Cmdlet>> = {
  // Guests and public folders included: whatever Exchange has an address for.
  'Get-Recipient': recipients('Get-Recipient', () => true),
  'Get-Mailbox': recipients(
    'Get-Mailbox',
    (recipient) => recipient.type === 'user' && hasMailbox(recipient),
  ),
  'Get-MailPublicFolder': {
    writes: false,
    run: ({ directory }) =>
      directory
        .publicFolders()
        .map((folder) => ({ ...present(folder), EntryId: folder.id.replaceAll('-', '') })),
  },
  'Get-DistributionGroup': groups('Get-DistributionGroup', ['distribution', 'security']),
  'Get-UnifiedGroup': groups('Get-UnifiedGroup', ['unified']),
  'Get-DynamicDistributionGroup': groups('Get-DynamicDistributionGroup', ['dynamic']),
  'Get-DistributionGroupMember': members(['distribution', 'security']),
  'Get-UnifiedGroupLinks': members(['unified']),
  'Get-DynamicDistributionGroupMember': members(['dynamic']),
};

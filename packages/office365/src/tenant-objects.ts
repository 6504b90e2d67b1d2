import type { TenantObject } from '@holdfast/application';
import type { DirectoryKind } from '@holdfast/domain';
import { smtpAddresses, type ExchangeRecipient } from './exchange-recipients.ts';
import type { GraphGroup, GraphUser } from './graph-schemas.ts';
import { bringsMailbox } from './service-plans.ts';

/** What `mailboxSettings/userPurpose` said: a purpose, `none` (no mailbox), or null when we may not ask. */
export type MailboxPurpose = string | null;

/** Null when the object has no mail address at all. */
export function userToObject(user: GraphUser, purpose: MailboxPurpose): TenantObject | null {
  const named = addressesOf(user);
  if (named === null) return null;
  const kind = kindOfUser(user, purpose);
  return {
    ...named,
    externalId: user.id,
    kind,
    displayName: user.displayName ?? user.userPrincipalName ?? named.primaryAddress,
    hasMailbox: kind === 'user' && purpose !== 'none' && bringsMailbox(user.assignedPlans),
    accountEnabled: user.accountEnabled,
    directoryPhone: user.mobilePhone || null,
    preferredLanguage: user.preferredLanguage || null,
  };
}

function kindOfUser(user: GraphUser, purpose: MailboxPurpose): DirectoryKind {
  if (user.userType === 'guest') return 'guest';
  switch (purpose) {
    case 'user':
    case 'linked':
    case 'none':
      return 'user';
    case 'room':
      return 'room';
    case 'equipment':
      return 'equipment';
    case null:
      // Without the permission to ask: shared mailboxes are disabled accounts without a plan (reference 2.3).
      return user.accountEnabled || bringsMailbox(user.assignedPlans) ? 'user' : 'shared-mailbox';
    default:
      // `shared`, `others` and what Microsoft adds later: known, and never protected by mistake.
      return 'shared-mailbox';
  }
}

export function groupToObject(group: GraphGroup, kind: 'group' | 'contact'): TenantObject | null {
  const named = addressesOf(group);
  if (named === null) return null;
  return {
    ...named,
    externalId: group.id,
    kind,
    displayName: group.displayName ?? named.primaryAddress,
    hasMailbox: false,
    accountEnabled: true,
    directoryPhone: null,
    preferredLanguage: null,
  };
}

function addressesOf(entry: {
  readonly mail: string | null;
  readonly proxyAddresses: readonly string[];
}): { readonly primaryAddress: string; readonly addresses: readonly string[] } | null {
  const primary = entry.proxyAddresses.find((proxy) => proxy.startsWith('SMTP:'));
  const primaryAddress = (primary?.slice(5) ?? entry.mail ?? '').trim().toLowerCase();
  if (!primaryAddress.includes('@')) return null;
  const addresses = new Set([primaryAddress, ...smtpAddresses(entry.proxyAddresses)]);
  return { primaryAddress, addresses: [...addresses] };
}

/**
 * Graph's people with Exchange's word on kind and addresses; what only Exchange knows is added. An object that only
 * Graph knows stays: it may be so new that Exchange has not seen it yet.
 */
export function mergeObjects(
  fromGraph: readonly TenantObject[],
  recipients: readonly ExchangeRecipient[],
): readonly TenantObject[] {
  const byId = new Map(recipients.map((entry) => [entry.graphId, entry]));
  const known = new Set(fromGraph.map((object) => object.externalId));
  const merged = fromGraph.map((object) => {
    const recipient = byId.get(object.externalId);
    if (recipient === undefined) return object;
    return {
      ...object,
      kind: object.kind === 'guest' ? object.kind : recipient.kind,
      primaryAddress: recipient.primaryAddress,
      addresses: [...new Set([...recipient.addresses, ...object.addresses])],
      hasMailbox: recipient.hasMailbox,
    };
  });
  const added = recipients
    .filter((entry) => entry.graphId === null || !known.has(entry.graphId))
    .map(recipientToObject);
  return [...merged, ...added];
}

function recipientToObject(recipient: ExchangeRecipient): TenantObject {
  return {
    externalId: recipient.graphId ?? recipient.ownId,
    // Without an account in the directory a mail user is somebody outside.
    kind: recipient.type === 'mailuser' ? 'contact' : recipient.kind,
    displayName: recipient.displayName,
    primaryAddress: recipient.primaryAddress,
    addresses: recipient.addresses,
    hasMailbox: recipient.hasMailbox,
    accountEnabled: true,
    directoryPhone: null,
    preferredLanguage: null,
  };
}

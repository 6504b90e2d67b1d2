import type { TenantObject } from '@holdfast/application';
import type { DirectoryKind } from '@holdfast/domain';
import { smtpAddresses } from './smtp-addresses.ts';
import type { GraphGroup, GraphUser } from '../graph/graph-schemas.ts';
import { bringsMailbox } from './service-plans.ts';

/**
 * A user as Graph shows one. What the mailbox is for Graph's list does not tell: until Exchange's list or `userPurpose`
 * says so, a disabled account without a plan is taken for a shared mailbox (reference 2.3).
 */
export function userToObject(user: GraphUser): TenantObject {
  const { primaryAddress, addresses } = addressesOf(user);
  const hasMailbox = bringsMailbox(user.assignedPlans);
  return {
    externalId: user.id,
    kind: kindOfUser(user, hasMailbox),
    displayName: user.displayName ?? user.userPrincipalName ?? primaryAddress ?? user.id,
    primaryAddress,
    addresses,
    hasMailbox,
    accountEnabled: user.accountEnabled,
    directoryPhone: user.mobilePhone || null,
    preferredLanguage: user.preferredLanguage || null,
  };
}

function kindOfUser(user: GraphUser, hasMailbox: boolean): DirectoryKind {
  if (user.userType === 'guest') return 'guest';
  return user.accountEnabled || hasMailbox ? 'user' : 'shared-mailbox';
}

/** What `mailboxSettings/userPurpose` means. */
export function kindOfPurpose(purpose: string): DirectoryKind {
  switch (purpose) {
    case 'user':
    case 'linked':
      return 'user';
    case 'room':
      return 'room';
    case 'equipment':
      return 'equipment';
    default:
      // `shared`, `others` and what Microsoft adds later: known, and never protected by mistake.
      return 'shared-mailbox';
  }
}

export function groupToObject(group: GraphGroup, kind: 'group' | 'contact'): TenantObject {
  const { primaryAddress, addresses } = addressesOf(group);
  return {
    externalId: group.id,
    kind,
    displayName: group.displayName ?? primaryAddress ?? group.id,
    primaryAddress,
    addresses,
    hasMailbox: false,
    accountEnabled: true,
    directoryPhone: null,
    preferredLanguage: null,
  };
}

function addressesOf(entry: {
  readonly mail: string | null;
  readonly proxyAddresses: readonly string[];
}): Pick<TenantObject, 'primaryAddress' | 'addresses'> {
  const primary = entry.proxyAddresses.find((proxy) => proxy.startsWith('SMTP:'));
  const primaryAddress = (primary?.slice(5) ?? entry.mail ?? '').trim().toLowerCase();
  if (!primaryAddress.includes('@')) return { primaryAddress: null, addresses: [] };
  const addresses = new Set([primaryAddress, ...smtpAddresses(entry.proxyAddresses)]);
  return { primaryAddress, addresses: [...addresses] };
}

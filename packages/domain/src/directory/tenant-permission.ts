/**
 * What the tenant's administrator may grant, in three steps of trust: `read` is enough to install, `configure` lets us set
 * Exchange up, `mailbox` reads and fills mailboxes (reference 1.4).
 */
export const PERMISSION_TIERS = ['read', 'configure', 'mailbox'] as const;
export type PermissionTier = (typeof PERMISSION_TIERS)[number];

/** One token is for one of these, and names only its permissions. */
export type TenantResource = 'graph' | 'exchange';

export interface TenantPermission {
  /** As the `roles` claim of a token and Entra's pages have it. */
  readonly name: string;
  readonly resource: TenantResource;
  readonly tier: PermissionTier;
  /** Wider permissions that contain it: who has granted one of these need not grant it again. */
  readonly within: readonly string[];
}

/** Every application permission that Holdfast asks for; none beside these. */
export const TENANT_PERMISSIONS = [
  {
    name: 'User.Read.All',
    resource: 'graph',
    tier: 'read',
    within: ['User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  },
  {
    name: 'MailboxSettings.Read',
    resource: 'graph',
    tier: 'read',
    within: ['MailboxSettings.ReadWrite'],
  },
  {
    name: 'Domain.Read.All',
    resource: 'graph',
    tier: 'read',
    within: ['Domain.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  },
  {
    name: 'Organization.Read.All',
    resource: 'graph',
    tier: 'read',
    within: ['Organization.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  },
  {
    name: 'GroupMember.Read.All',
    resource: 'graph',
    tier: 'read',
    within: [
      'GroupMember.ReadWrite.All',
      'Group.Read.All',
      'Group.ReadWrite.All',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
    ],
  },
  {
    name: 'OrgContact.Read.All',
    resource: 'graph',
    tier: 'read',
    within: ['Directory.Read.All', 'Directory.ReadWrite.All'],
  },
  {
    name: 'ServiceHealth.Read.All',
    resource: 'graph',
    tier: 'read',
    within: [],
  },
  {
    name: 'Exchange.ManageAsApp',
    resource: 'exchange',
    tier: 'configure',
    within: [],
  },
  {
    name: 'ExchangeMessageTrace.Read.All',
    resource: 'graph',
    tier: 'configure',
    within: [],
  },
  {
    name: 'Mail.ReadWrite',
    resource: 'graph',
    tier: 'mailbox',
    within: [],
  },
  {
    name: 'Calendars.Read',
    resource: 'graph',
    tier: 'mailbox',
    within: ['Calendars.ReadWrite'],
  },
  {
    name: 'Contacts.Read',
    resource: 'graph',
    tier: 'mailbox',
    within: ['Contacts.ReadWrite'],
  },
] as const satisfies readonly TenantPermission[];
export type TenantPermissionName = (typeof TENANT_PERMISSIONS)[number]['name'];

/** The `roles` claims of the two tokens, as last seen. */
export interface GrantedRoles {
  readonly graph: readonly string[];
  readonly exchange: readonly string[];
}

/** Whether the tenant has granted it, by itself or within a wider one. */
export function isGranted(permission: TenantPermission, granted: GrantedRoles): boolean {
  const roles = granted[permission.resource];
  return [permission.name, ...permission.within].some((name) => roles.includes(name));
}

/** What of these tiers is not granted. */
export function missingPermissions(
  tiers: readonly PermissionTier[],
  granted: GrantedRoles,
): readonly TenantPermission[] {
  return TENANT_PERMISSIONS.filter(
    (permission) => tiers.includes(permission.tier) && !isGranted(permission, granted),
  );
}

/** Tiers build on `read`: without the directory neither of the others can do anything. */
export function completeTiers(wanted: readonly PermissionTier[]): readonly PermissionTier[] {
  return PERMISSION_TIERS.filter((tier) => tier === 'read' || wanted.includes(tier));
}

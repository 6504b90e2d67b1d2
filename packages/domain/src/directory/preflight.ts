import type { PermissionTier } from './tenant-permission.ts';

/**
 * What is tried of a connection, in this order, and the tier that it belongs to (reference 7). `tenant`: asked of Microsoft
 * alone; `mail`: what our own network and records say.
 */
export const PREFLIGHT_CHECKS = [
  { check: 'sign-in', tier: 'read', by: 'tenant' },
  { check: 'permissions-read', tier: 'read', by: 'tenant' },
  { check: 'organisation', tier: 'read', by: 'tenant' },
  { check: 'domains', tier: 'read', by: 'tenant' },
  { check: 'users', tier: 'read', by: 'tenant' },
  { check: 'mailbox-kinds', tier: 'read', by: 'tenant' },
  { check: 'groups', tier: 'read', by: 'tenant' },
  { check: 'contacts', tier: 'read', by: 'tenant' },
  { check: 'service-health', tier: 'read', by: 'tenant' },
  { check: 'permissions-configure', tier: 'configure', by: 'tenant' },
  { check: 'exchange-cmdlets', tier: 'configure', by: 'tenant' },
  { check: 'direct-send', tier: 'configure', by: 'tenant' },
  { check: 'customization', tier: 'configure', by: 'tenant' },
  { check: 'connectors', tier: 'configure', by: 'tenant' },
  { check: 'transport-rules', tier: 'configure', by: 'tenant' },
  { check: 'domain-types', tier: 'configure', by: 'tenant' },
  { check: 'message-trace', tier: 'configure', by: 'tenant' },
  { check: 'permissions-mailbox', tier: 'mailbox', by: 'tenant' },
  { check: 'mailbox-read', tier: 'mailbox', by: 'tenant' },
  { check: 'smtp', tier: 'read', by: 'mail' },
  { check: 'public-mx', tier: 'read', by: 'mail' },
  { check: 'test-message', tier: 'read', by: 'mail' },
] as const satisfies readonly {
  readonly check: string;
  readonly tier: PermissionTier;
  readonly by: 'tenant' | 'mail';
}[];

export type PreflightCheck = (typeof PREFLIGHT_CHECKS)[number]['check'];
export type TenantPreflightCheck = Extract<
  (typeof PREFLIGHT_CHECKS)[number],
  { readonly by: 'tenant' }
>['check'];

/**
 * `attention`: it works, and somebody should know something. `blocked`: what needs it does not work. `not-asked`: its tier
 * was not asked for. `not-checked`: something before it failed, or Microsoft gave no answer.
 */
export type PreflightResult =
  | 'waiting'
  | 'ok'
  | 'attention'
  | 'blocked'
  | 'not-asked'
  | 'not-checked';

export interface PreflightItem {
  readonly check: PreflightCheck;
  readonly result: PreflightResult;
  /** What was found, with names; empty when there is nothing to say. */
  readonly detail: string;
}

/** All of them before the first was tried. */
export function emptyPreflight(tiers: readonly PermissionTier[]): readonly PreflightItem[] {
  return PREFLIGHT_CHECKS.map(({ check, tier }) => ({
    check,
    result: tiers.includes(tier) ? 'waiting' : 'not-asked',
    detail: '',
  }));
}

/** Whether Microsoft alone is asked for it. */
export function isTenantCheck(check: PreflightCheck): check is TenantPreflightCheck {
  return PREFLIGHT_CHECKS.some((one) => one.check === check && one.by === 'tenant');
}

/** The list with one of its items in the place of the one before. */
export function withItem(
  items: readonly PreflightItem[],
  item: PreflightItem,
): readonly PreflightItem[] {
  return items.map((before) => (before.check === item.check ? item : before));
}

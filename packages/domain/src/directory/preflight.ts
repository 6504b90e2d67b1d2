import type { PermissionTier } from './tenant-permission.ts';

/** What is tried of a connection, in this order, and the tier that it belongs to (reference 7). */
export const PREFLIGHT_CHECKS = [
  { check: 'sign-in', tier: 'read' },
  { check: 'permissions-read', tier: 'read' },
  { check: 'organisation', tier: 'read' },
  { check: 'domains', tier: 'read' },
  { check: 'users', tier: 'read' },
  { check: 'mailbox-kinds', tier: 'read' },
  { check: 'groups', tier: 'read' },
  { check: 'contacts', tier: 'read' },
  { check: 'service-health', tier: 'read' },
  { check: 'permissions-configure', tier: 'configure' },
  { check: 'exchange-cmdlets', tier: 'configure' },
  { check: 'direct-send', tier: 'configure' },
  { check: 'customization', tier: 'configure' },
  { check: 'connectors', tier: 'configure' },
  { check: 'transport-rules', tier: 'configure' },
  { check: 'domain-types', tier: 'configure' },
  { check: 'permissions-mailbox', tier: 'mailbox' },
  { check: 'mailbox-read', tier: 'mailbox' },
] as const satisfies readonly { readonly check: string; readonly tier: PermissionTier }[];

export type PreflightCheck = (typeof PREFLIGHT_CHECKS)[number]['check'];

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

/** The list with one of its items in the place of the one before. */
export function withItem(
  items: readonly PreflightItem[],
  item: PreflightItem,
): readonly PreflightItem[] {
  return items.map((before) => (before.check === item.check ? item : before));
}

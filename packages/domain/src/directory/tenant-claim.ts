import { HOUR, type Instant } from '../instant.ts';
import { PERMISSION_TIERS, type PermissionTier } from './tenant-permission.ts';

/** An administrator who was sent to Entra ID has so long to come back. */
export const CONSENT_VALID_FOR = 15 * 60_000;
/** Earlier attempts count so long: somebody closes the window and begins again after lunch. */
export const CLAIM_WINDOW = 24 * HOUR;

/** One attempt to admit the application to a tenant. */
export interface ConsentAttempt {
  readonly organisationId: string;
  readonly startedAt: Instant;
  /** The application had access to the tenant when the attempt began. */
  readonly admittedBefore: boolean;
}

export type TenantClaim =
  | { readonly ok: true }
  /** `admitted-before`: the consent was there already. `contested`: another organisation tries for the same tenant. */
  | { readonly ok: false; readonly reason: 'admitted-before' | 'contested' };

/**
 * Whether a consent proves that the tenant is this organisation's. A token shows that the application is admitted, but not
 * by whom: a consent that was there before anybody asked could be anyone's (Microsoft warns that the returned `tenant` can
 * be forged). It must have come about between our question and the answer, with nobody else asking at that time.
 */
export function assessClaim(facts: {
  readonly organisationId: string;
  /** The organisation has this tenant already and changes what it grants. */
  readonly ownsTenant: boolean;
  /** An installation of one organisation has nobody to take a tenant from. */
  readonly onlyOrganisation: boolean;
  /** Of every organisation, for this tenant, within the window; the present one included. */
  readonly attempts: readonly ConsentAttempt[];
}): TenantClaim {
  const { organisationId, ownsTenant, onlyOrganisation, attempts } = facts;
  if (ownsTenant || onlyOrganisation) return { ok: true };
  if (attempts.some((attempt) => attempt.organisationId !== organisationId))
    return { ok: false, reason: 'contested' };
  return attempts.some((attempt) => !attempt.admittedBefore)
    ? { ok: true }
    : { ok: false, reason: 'admitted-before' };
}

/**
 * The smallest application that asks for all of these tiers, or else the one that asks for most of them: a registration
 * asks for everything in it at once, single application permissions cannot be chosen (reference 1.2, `/.default`).
 */
export function applicationFor<T extends { readonly tiers: readonly PermissionTier[] }>(
  applications: readonly T[],
  wanted: readonly PermissionTier[],
): T | null {
  const covers = (application: T): number =>
    wanted.filter((tier) => application.tiers.includes(tier)).length;
  const [best] = applications.toSorted(
    (left, right) => covers(right) - covers(left) || left.tiers.length - right.tiers.length,
  );
  return best ?? null;
}

/** `read+configure`, as settings write it; null for words that are no tiers. */
export function parseTiers(text: string): readonly PermissionTier[] | null {
  const words = text.split('+').map((word) => word.trim());
  const tiers = PERMISSION_TIERS.filter((tier) => words.includes(tier));
  return tiers.length === words.length && tiers.includes('read') ? tiers : null;
}

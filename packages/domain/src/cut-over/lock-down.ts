import type { ConnectorEvidence, LockDownEvidence, MxPlace } from './cut-over-evidence.ts';

/** What stands of one mail domain of the tenant when the lock-down is asked for. */
export interface LockDownDomain {
  readonly name: string;
  /** Null: nothing is known of its MX. */
  readonly place: MxPlace | null;
  readonly wayBack: boolean;
  /** A probe through us has arrived. */
  readonly proved: boolean;
  /** A filter stands in front: DNS cannot tell whether it delivers to us or past us. */
  readonly behindFilter: boolean;
  /** What came past us when it was last looked at; null: not looked at. */
  readonly directMessages: number | null;
}

export type LockDownObstacle =
  | { readonly kind: 'connector-off' }
  | { readonly kind: 'connector-unknown' }
  | { readonly kind: 'already' }
  | { readonly kind: 'no-domain' }
  | { readonly kind: 'way-back'; readonly domain: string }
  | { readonly kind: 'mx-unknown'; readonly domain: string }
  | { readonly kind: 'office-365-mx'; readonly domain: string }
  | { readonly kind: 'mx-elsewhere'; readonly domain: string }
  | { readonly kind: 'not-proved'; readonly domain: string }
  | { readonly kind: 'filter-unproved'; readonly domain: string };

/**
 * What speaks against letting the tenant refuse everything that does not come from our addresses. The switch is one for
 * the whole tenant (`RestrictDomainsToIPAddresses` of a connector for all sender domains): one domain whose MX leads to
 * Office 365 would lose its mail. Nothing ever speaks against switching it off.
 */
export function lockDownObstacles(
  connector: ConnectorEvidence,
  lockDown: LockDownEvidence,
  domains: readonly LockDownDomain[],
): readonly LockDownObstacle[] {
  const obstacles: LockDownObstacle[] = [];
  if (lockDown === 'on') obstacles.push({ kind: 'already' });
  if (connector === 'off') obstacles.push({ kind: 'connector-off' });
  if (connector === 'unknown') obstacles.push({ kind: 'connector-unknown' });
  if (domains.length === 0) obstacles.push({ kind: 'no-domain' });
  for (const domain of domains) {
    const obstacle = obstacleOf(domain);
    if (obstacle !== null) obstacles.push({ kind: obstacle, domain: domain.name });
  }
  return obstacles;
}

function obstacleOf(
  domain: LockDownDomain,
):
  | Exclude<LockDownObstacle, { kind: 'already' | 'no-domain' | `connector-${string}` }>['kind']
  | null {
  if (domain.wayBack) return 'way-back';
  switch (domain.place) {
    case null:
      return 'mx-unknown';
    case 'office-365':
    case 'office-365-left':
      return 'office-365-mx';
    case 'others-left':
    case 'elsewhere':
    case 'nothing':
      return 'mx-elsewhere';
    case 'here':
      if (!domain.proved) return 'not-proved';
      // The filter itself would be shut out, and all mail with it.
      return domain.behindFilter && domain.directMessages !== 0 ? 'filter-unproved' : null;
  }
}

/**
 * The domains whose mail the tenant refuses now: lock-down is on and MX leads past us. It is never switched off by
 * itself (it might be right, and DNS wrong for a moment), so this has to be told loudly.
 */
export function refusedByLockDown(
  lockDown: LockDownEvidence,
  domains: readonly Pick<LockDownDomain, 'name' | 'place'>[],
): readonly string[] {
  if (lockDown !== 'on') return [];
  return domains
    .filter(({ place }) => place !== null && place !== 'here')
    .map((domain) => domain.name);
}

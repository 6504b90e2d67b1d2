/** How to reach one tenant. The secret is open here and sealed at rest. */
export interface TenantCredentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What Microsoft answered, as data. `retryAfter` in milliseconds. */
export type TenantFailure = {
  readonly code:
    | 'unreachable'
    | 'sign-in-failed'
    | 'not-consented'
    | 'tenant-unknown'
    | 'forbidden'
    | 'not-found'
    | 'throttled'
    | 'unavailable'
    | 'unexpected';
  /** For administrators: what Microsoft said, shortened, without secrets. */
  readonly detail: string;
  readonly retryAfter: number | null;
};

export class TenantError extends Error {
  readonly failure: TenantFailure;
  constructor(failure: TenantFailure) {
    super(`${failure.code}: ${failure.detail}`);
    this.name = 'TenantError';
    this.failure = failure;
  }
}

/** What an application shows Entra ID to prove that it is itself. Open here and sealed at rest. */
export type ApplicationProof =
  | { readonly kind: 'secret'; readonly secret: string }
  | {
      readonly kind: 'certificate';
      /** PKCS #8, PEM, RSA. */
      readonly privateKey: string;
      /** The certificate that is registered with the application, PEM. */
      readonly certificate: string;
    };

/** How to reach one tenant. */
export interface TenantCredentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly proof: ApplicationProof;
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

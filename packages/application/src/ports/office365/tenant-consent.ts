import type { GrantedRoles, PermissionTier } from '@holdfast/domain';
import type { ApplicationProof, TenantCredentials } from './tenant-credentials.ts';

/** An application of Holdfast's own that tenants can admit; its registration asks for these tiers. */
export interface OwnApplication {
  readonly clientId: string;
  readonly tiers: readonly PermissionTier[];
  readonly proof: ApplicationProof;
}

/** What tokens say: of which tenant they are, and what it has granted. */
export interface TenantGrant {
  /** A GUID, lower-case. */
  readonly tenantId: string;
  readonly granted: GrantedRoles;
}

/** Admitting an application to a tenant, and what came of it. Methods that ask Microsoft throw `TenantError`. */
export interface TenantConsent {
  /** Empty when this installation has no application of its own. */
  readonly applications: readonly OwnApplication[];
  /** The id of the tenant that has this domain or id; public, so it proves nothing. */
  findTenant(name: string): Promise<string>;
  /** Entra ID's page on which an administrator of the tenant decides. */
  consentUrl(request: {
    readonly tenantId: string;
    readonly clientId: string;
    readonly redirectUri: string;
    readonly state: string;
  }): string;
  /** Signs in anew, whatever tokens there are: what is granted now. */
  readGrant(credentials: TenantCredentials): Promise<TenantGrant>;
  /** The same just after a consent, which takes Entra ID up to half a minute to know everywhere. */
  awaitGrant(credentials: TenantCredentials): Promise<TenantGrant>;
}

import type { DirectoryKind, MxRecord, TenantDomain } from '@holdfast/domain';
import type { PreflightItem } from './preflight.ts';
import type { TenantCredentials } from './tenant-credentials.ts';

export interface TenantProfile {
  readonly displayName: string;
  readonly initialDomain: string;
}

export interface TenantDomainWithRoute extends TenantDomain {
  /** From `serviceConfigurationRecords`, never built from a pattern; empty when the domain carries no mail. */
  readonly mx: readonly MxRecord[];
}

export interface TenantObject {
  /** Stable id in the tenant: Graph id, or Exchange's for what Graph does not know. */
  readonly externalId: string;
  readonly kind: DirectoryKind;
  readonly displayName: string;
  readonly primaryAddress: string;
  /** All SMTP addresses, the primary one included, lower-case. */
  readonly addresses: readonly string[];
  readonly hasMailbox: boolean;
  readonly accountEnabled: boolean;
  /** E.164 or as the tenant has it; never used without the user's confirmation, shown on the call list. */
  readonly directoryPhone: string | null;
  readonly preferredLanguage: string | null;
}

export interface TenantGroupMembership {
  readonly groupExternalId: string;
  /** Addresses of direct and nested members, expanded, lower-case. */
  readonly memberAddresses: readonly string[];
}

export interface DirectoryReading {
  readonly domains: readonly TenantDomainWithRoute[];
  readonly objects: readonly TenantObject[];
  readonly memberships: readonly TenantGroupMembership[];
  /** Exchange listed every recipient, public folders and dynamic groups included. */
  readonly complete: boolean;
}

/** Directory and health: Microsoft Graph. All methods throw `TenantError`. */
export interface TenantDirectory {
  profile(credentials: TenantCredentials): Promise<TenantProfile>;
  read(credentials: TenantCredentials, progress: (seen: number) => void): Promise<DirectoryReading>;
  domains(credentials: TenantCredentials): Promise<readonly TenantDomainWithRoute[]>;
  preflight(credentials: TenantCredentials): Promise<readonly PreflightItem[]>;
  /** Token only: shape "identity". Latency in ms. */
  probeSignIn(credentials: TenantCredentials): Promise<{ readonly latency: number }>;
  /** Reads the inbox of one mailbox: shape "mailbox". */
  probeMailbox(
    credentials: TenantCredentials,
    address: string,
  ): Promise<{ readonly latency: number }>;
}

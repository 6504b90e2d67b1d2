import type { DirectoryKind, MxRecord, TenantDomain } from '@holdfast/domain';

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

export type PreflightItem = {
  readonly check:
    | 'sign-in'
    | 'organisation'
    | 'domains'
    | 'users'
    | 'mailbox-kinds'
    | 'exchange'
    | 'mail-write'
    | 'service-health';
  readonly ok: boolean;
  /** What does not work without it, in words. */
  readonly blocks: string;
  readonly detail: string;
};

/** Directory and health: Microsoft Graph. All methods throw `TenantError`. */
export interface TenantDirectory {
  profile(credentials: TenantCredentials): Promise<TenantProfile>;
  read(credentials: TenantCredentials, progress: (seen: number) => void): Promise<DirectoryReading>;
  preflight(credentials: TenantCredentials): Promise<readonly PreflightItem[]>;
  /** Token only: shape "identity". Latency in ms. */
  probeSignIn(credentials: TenantCredentials): Promise<{ readonly latency: number }>;
  /** Reads the inbox of one mailbox: shape "mailbox". */
  probeMailbox(
    credentials: TenantCredentials,
    address: string,
  ): Promise<{ readonly latency: number }>;
}

export interface CopiedLists {
  readonly entries: readonly {
    readonly kind: 'allow' | 'block';
    readonly value: string;
    readonly source: string;
  }[];
  /** Only a complete copy uses up the once. */
  readonly complete: boolean;
  /** What could not be read, in words; empty when complete. */
  readonly missing: readonly string[];
}

/** Exchange administration: InvokeCommand now, a generated PowerShell script later, behind one port. */
export interface ExchangeAdministration {
  readLists(credentials: TenantCredentials): Promise<CopiedLists>;
  /** Adds what is missing, keeps what is there. Returns exactly what was added, so that uninstalling removes only that. */
  allowAddresses(
    credentials: TenantCredentials,
    ranges: readonly string[],
  ): Promise<{ readonly added: readonly string[]; readonly alreadyThere: readonly string[] }>;
}

export interface SentItem {
  readonly messageId: string;
  readonly sentAt: number;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: readonly { readonly name: string; readonly address: string }[];
  readonly cc: readonly { readonly name: string; readonly address: string }[];
  readonly bcc: readonly { readonly name: string; readonly address: string }[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly attachments: readonly {
    readonly fileName: string;
    readonly contentType: string;
    readonly content: Uint8Array;
    readonly contentId: string | null;
    readonly inline: boolean;
  }[];
}

/** Recovery writes into a user's mailbox. */
export interface TenantMailbox {
  /** Creates a dated, non-draft item in Sent Items; looks for the Message-ID first, so that a repeat is harmless. */
  putSentItem(
    credentials: TenantCredentials,
    mailbox: string,
    item: SentItem,
  ): Promise<{ readonly created: boolean }>;
}

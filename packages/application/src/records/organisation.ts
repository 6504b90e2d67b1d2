import type {
  AuthenticationResult,
  DkimState,
  DmarcPolicy,
  DomainMailType,
  DomainSetupState,
  DriftBaseline,
  FilterMode,
  GrantedRoles,
  HelpdeskContact,
  Instant,
  ListAttestation,
  ListEntryType,
  ListKind,
  MxRecord,
  PermissionTier,
  PreflightItem,
  Plan,
  PrimaryHealth,
  RecipientListState,
  TenantDomain,
} from '@holdfast/domain';
import type { DomainReport } from './domain-report.ts';

export interface OrganisationRecord {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  readonly wrappedKey: string;
  /** Null until *Review and install* was confirmed. */
  readonly installedAt: Instant | null;
  /** Enable Email Continuity for new users automatically. */
  readonly protectNewUsers: boolean;
  readonly directorySyncedAt: Instant | null;
  /** A sync that would change more than this share stops and asks. Unit: percent. */
  readonly syncGuardPercent: number;
  /** Set once, by a complete copy only; a second install copies nothing. */
  readonly listsCopiedAt: Instant | null;
  /** Whom users ask when they cannot get in; null: not told. */
  readonly helpdesk: HelpdeskContact | null;
  readonly createdAt: Instant;
}

/** `consent`: Holdfast's own application, which the tenant has admitted. `application`: one that the tenant registered. */
export type ConnectionMode = 'consent' | 'application';

/** `sealed`: by `Secrets.seal` with context `connection:<organisation id>`; never shown again. */
export type SealedProof =
  | {
      readonly kind: 'secret';
      readonly sealed: string;
      /** As the administrator has told; Entra ID does not say it. */
      readonly expiresAt: Instant | null;
    }
  | {
      readonly kind: 'certificate';
      /** The private key. */
      readonly sealed: string;
      readonly certificate: string;
      readonly expiresAt: Instant;
    };

export interface ConnectionRecord {
  readonly tenantId: string;
  readonly clientId: string;
  readonly mode: ConnectionMode;
  /** Null with `consent`: Holdfast's application has the proof of the installation's settings. */
  readonly proof: SealedProof | null;
  /** What the administrator decided to grant; `read` always. */
  readonly tiers: readonly PermissionTier[];
  /** Permissions in the tokens when they were last looked at; null: not yet. */
  readonly granted: (GrantedRoles & { readonly at: Instant }) | null;
  /** Since when Microsoft no longer lets us in, and what it says; null while it does. */
  readonly refused: ConnectionRefused | null;
  readonly displayName: string;
  readonly initialDomain: string;
  readonly connectedAt: Instant;
  readonly preflight: PreflightRecord | null;
}

/** One run of the pre-flight list, as far as it has come. */
export interface PreflightRecord {
  /** When it began. */
  readonly at: Instant;
  readonly state: 'running' | 'done';
  readonly items: readonly PreflightItem[];
}

export interface ConnectionRefused {
  readonly since: Instant;
  readonly code: 'sign-in-failed' | 'not-consented' | 'tenant-unknown';
  readonly detail: string;
}

export interface DomainRecord extends TenantDomain {
  /** The tenant's hosts for this domain, best first. */
  readonly tenantMx: readonly MxRecord[];
  readonly state: DomainSetupState;
  readonly observedMx: readonly MxRecord[];
  readonly observedTtl: number | null;
  readonly checkedAt: Instant | null;
  /** What went wrong at the last check, in words; null when it worked. */
  readonly checkDetail: string | null;
  readonly filterMode: FilterMode;
  readonly trustedHops: readonly string[];
  readonly filterConfirmedAt: Instant | null;
  readonly filterConfirmedBy: string | null;
  /** Null: not looked at yet. */
  readonly outbound: OutboundReading | null;
  /** Null: not looked at yet. */
  readonly report: DomainReport | null;
  /** What was right once; null before the first look. */
  readonly baseline: DriftBaseline | null;
  /** Null: now. */
  readonly nextCheckAt: Instant | null;
  /** Until then it is looked at as often as its TTL makes sense: while its MX moves. */
  readonly watchedUntil: Instant | null;
  /** Whether Exchange refuses unknown recipients of it; null when nobody told. */
  readonly mailType: DomainMailType | null;
  /** Whether every recipient is known: decides if an unknown one may be refused for good. */
  readonly recipientList: RecipientListState;
  readonly attestation: ListAttestation | null;
}

/** What DNS said of mail that leaves under the domain's name. Where it gave no answer, what it said before. */
export interface OutboundReading {
  readonly checkedAt: Instant;
  readonly spfRecords: readonly string[];
  /** The worst of our addresses; null when it cannot be told. */
  readonly spf: AuthenticationResult | null;
  /** Questions to DNS that the record costs; at most ten are allowed. */
  readonly spfLookups: number;
  readonly dmarc: DmarcPolicy | null;
  /** The name at which the policy stands; null without one. */
  readonly dmarcName: string | null;
  /** What could not be told, in words; null when all could. */
  readonly detail: string | null;
}

/** A key with which mail of the domain is signed (DKIM). */
export interface DomainKeyRecord {
  readonly domain: string;
  readonly selector: string;
  /** SubjectPublicKeyInfo, base64. */
  readonly publicKey: string;
  /** Sealed by `Secrets.seal` with context `dkim:<organisation id>:<domain>:<selector>`; null once retired. */
  readonly sealedPrivateKey: string | null;
  /** How its record stands in DNS. */
  readonly state: DkimState;
  readonly checkedAt: Instant | null;
  readonly checkDetail: string | null;
  readonly createdAt: Instant;
  /** Since when a later key signs in its place. */
  readonly retiredAt: Instant | null;
}

export interface ListEntryRecord {
  readonly id: string;
  readonly kind: ListKind;
  readonly type: ListEntryType;
  readonly value: string;
  /** For recipients of this domain alone; null: not so. */
  readonly forDomain: string | null;
  /** For this user alone; null: not so. Both null: for everyone. */
  readonly forUserId: string | null;
  /** From then on it says nothing; null: it never runs out. */
  readonly expiresAt: Instant | null;
  readonly source: 'administrator' | 'tenant';
  /** Which tenant list it came from, or the administrator's note. */
  readonly note: string;
  readonly addedBy: string;
  readonly addedAt: Instant;
}

export type InstallationStepName = 'copy-lists' | 'exchange';

export interface InstallationStepRecord {
  readonly step: InstallationStepName;
  readonly state: 'waiting' | 'done' | 'failed';
  /** In words: `12 entries copied`, `not copied yet: the Exchange permission is missing`. */
  readonly detail: string;
  /** What was added on the tenant's side, so that uninstalling removes only that. */
  readonly added: readonly string[];
  readonly at: Instant;
}

/** What a run that goes on is doing. */
export type SyncPhase = 'reading' | 'mailboxes' | 'members' | 'applying';

export interface SyncRunRecord {
  readonly id: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'needs-confirmation';
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly seen: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly detail: string | null;
  readonly requestedBy: string;
  /** Everything is read anew, not only what changed. */
  readonly fullPass: boolean;
  readonly phase: SyncPhase | null;
  /** The last sign of life of whoever works on it. */
  readonly heartbeatAt: Instant | null;
}

export interface HealthRecord {
  readonly health: PrimaryHealth;
}

export interface AuditEntry {
  readonly at: Instant;
  /** E-mail address of an administrator, `user:<address>`, `system` or `command-line`. */
  readonly actor: string;
  /** `organisation.installed`, `event.started`, … */
  readonly action: string;
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly ip: string | null;
}

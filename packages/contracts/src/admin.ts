import { z } from 'zod';
import type {
  AlternateInfoState,
  AuthenticationResult,
  ChannelKind,
  DirectoryKind,
  DkimState,
  DmarcPolicy,
  DomainSetupState,
  EmergencyEvent,
  FilterMode,
  IneligibleReason,
  Ledger,
  ListEntryType,
  ListKind,
  OutageShape,
  PrimaryState,
  ReplyFate,
} from '@holdfast/domain';
import {
  address,
  alternateInfo,
  directoryKind,
  MAX_PAGE_SIZE,
  newPassword,
  uuid,
  type IsoInstant,
} from './words.ts';

// Session ------------------------------------------------------------------------------------------------------------

export const signInInput = z.object({ email: address, password: z.string().min(1).max(256) });
export const setUpInput = z.object({
  token: z.string().min(20).max(200),
  organisation: z.string().trim().min(1).max(120),
  name: z.string().trim().min(1).max(120),
  email: z.email(),
  password: newPassword,
});

export interface AdminSession {
  readonly administrator: {
    readonly email: string;
    readonly name: string;
    readonly role: 'owner' | 'administrator';
  };
  readonly organisation: {
    readonly id: string;
    readonly name: string;
    readonly installed: boolean;
    readonly connected: boolean;
  };
  readonly plan: { readonly name: string; readonly continuity: boolean; readonly seats: number };
  /** Shown in the frame: an active event owns the colour of every page. */
  readonly event: { readonly phase: 'active' | 'recovering'; readonly since: IsoInstant } | null;
  /** The demo says so on every page. */
  readonly demo: boolean;
}

// Overview -----------------------------------------------------------------------------------------------------------

export interface Overview {
  readonly mail: {
    readonly hours: readonly {
      readonly hour: IsoInstant;
      readonly accepted: number;
      readonly delivered: number;
    }[];
    readonly waiting: number;
    /** Held, by review or by a person. */
    readonly inReview: number;
    readonly quarantined: number;
    readonly oldestWaiting: IsoInstant | null;
  };
  readonly primary: PrimaryView;
  readonly coverage: Coverage;
  readonly event: EventView | null;
  /** What needs the administrator, most urgent first. */
  readonly needs: readonly {
    readonly id: string;
    readonly level: 'problem' | 'attention';
    readonly title: string;
    readonly detail: string;
    readonly href: string;
  }[];
  /** Mail from outside. */
  readonly ledger: Ledger | null;
  /** What people wrote in emergency mailboxes. */
  readonly outboundLedger: Ledger | null;
  /** Our own notices and reports. */
  readonly noticesLedger: Ledger | null;
}

export interface PrimaryView {
  readonly state: PrimaryState;
  readonly since: IsoInstant;
  readonly shape: OutageShape | null;
  readonly seen: boolean;
  /** One line per source: what was seen last, in words. */
  readonly sources: readonly {
    readonly source: string;
    readonly verdict: 'good' | 'bad';
    readonly cause: string;
    readonly at: IsoInstant;
  }[];
}

export interface Coverage {
  readonly protected: number;
  readonly reachable: number;
  readonly byState: Readonly<Record<AlternateInfoState, number>>;
}

// Connection and set-up -----------------------------------------------------------------------------------------------

export const connectInput = z.object({
  tenantId: z.string().trim().min(3).max(120),
  clientId: z.string().trim().min(3).max(120),
  clientSecret: z.string().min(1).max(500),
});

export interface ConnectionView {
  readonly connected: boolean;
  readonly tenantId: string | null;
  readonly clientId: string | null;
  readonly displayName: string | null;
  readonly initialDomain: string | null;
  readonly connectedAt: IsoInstant | null;
  readonly preflight: {
    readonly at: IsoInstant;
    readonly items: readonly {
      readonly check: string;
      readonly ok: boolean;
      readonly blocks: string;
      readonly detail: string;
    }[];
  } | null;
}

export interface SyncRunView {
  readonly id: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'needs-confirmation';
  readonly startedAt: IsoInstant;
  readonly finishedAt: IsoInstant | null;
  readonly seen: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly detail: string | null;
}

/** The run that stopped to ask; what it would have removed is removed by a new one. */
export const confirmRemovalsInput = z.object({ runId: uuid });

export interface DirectoryState {
  readonly syncedAt: IsoInstant | null;
  readonly complete: boolean;
  readonly latest: SyncRunView | null;
  readonly counts: {
    readonly eligible: number;
    readonly ineligible: number;
    readonly protected: number;
  };
}

export const protectChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('users'), userIds: z.array(uuid).min(1).max(50_000) }),
]);
export const installInput = z.object({ protect: protectChoice, protectNewUsers: z.boolean() });

export interface InstallationReview {
  readonly protect: number;
  readonly ineligible: readonly { readonly reason: IneligibleReason; readonly count: number }[];
  readonly domains: readonly string[];
  readonly seats: { readonly available: number; readonly enough: boolean };
  /** Our addresses that will be put on the tenant's IP allow list. */
  readonly ourAddresses: readonly string[];
  readonly listsAlreadyCopied: boolean;
  readonly requests: number;
}

export interface InstallationState {
  readonly installedAt: IsoInstant | null;
  readonly protectNewUsers: boolean;
  readonly steps: readonly {
    readonly step: 'copy-lists' | 'allow-addresses';
    readonly state: 'waiting' | 'done' | 'failed';
    readonly detail: string;
    readonly at: IsoInstant;
  }[];
}

// Users --------------------------------------------------------------------------------------------------------------

export const userSort = z.enum([
  'name',
  'address',
  'kind',
  'alternateInfo',
  'lastAskedAt',
  'lastSignInAt',
]);
export const usersInput = z.object({
  search: z.string().max(200).default(''),
  kinds: z.array(directoryKind).nullable().default(null),
  protected: z.boolean().nullable().default(null),
  alternateInfo: z.array(alternateInfo).nullable().default(null),
  sort: userSort.default('name'),
  descending: z.boolean().default(false),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(MAX_PAGE_SIZE).default(50),
});
export type UsersInput = z.input<typeof usersInput>;

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly kind: DirectoryKind;
  readonly accountEnabled: boolean;
  readonly protected: boolean;
  readonly eligible: boolean;
  readonly reason: IneligibleReason | null;
  /** Selected, but MX of the domain does not point here yet. */
  readonly effective: boolean;
  readonly alternateInfo: AlternateInfoState;
  /** Masked: `••42`, `m••••@posteo.example`. */
  readonly channels: readonly {
    readonly kind: ChannelKind;
    readonly masked: string;
    readonly verified: boolean;
    readonly weak: boolean;
  }[];
  readonly lastAskedAt: IsoInstant | null;
  readonly lastSignInAt: IsoInstant | null;
}

export interface UserPage {
  readonly rows: readonly UserRow[];
  readonly total: number;
  readonly offset: number;
  readonly syncedAt: IsoInstant | null;
}

export const saveProtectionInput = z.object({
  protect: z.array(uuid).max(50_000).default([]),
  unprotect: z.array(uuid).max(50_000).default([]),
});
export const requestInfoInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('missing') }),
  z.object({ kind: z.literal('users'), userIds: z.array(uuid).min(1).max(50_000) }),
]);

export const resetInfoInput = z.object({ userId: uuid });

export interface ProtectionResult {
  readonly protected: number;
  readonly unprotected: number;
  readonly refused: readonly {
    readonly id: string;
    readonly address: string;
    readonly reason: IneligibleReason;
  }[];
}

// Domains ------------------------------------------------------------------------------------------------------------

export const domainInput = z.object({ name: z.string().trim().toLowerCase().min(3).max(253) });
export const saveFilterModeInput = z.object({
  name: z.string().trim().toLowerCase().min(3).max(253),
  filterMode: z.enum(['none', 'filter-removed', 'filter-in-front']),
  trustedHops: z.array(z.string().trim().min(2).max(60)).max(50).default([]),
  /** "I confirm": needed for both third-party modes. */
  confirmed: z.boolean().default(false),
});

export interface DomainView {
  readonly name: string;
  readonly protectable: boolean;
  /** Why not, when it is not: `initial-domain`, `no-mail-service`, `not-verified`. */
  readonly reason: 'initial-domain' | 'no-mail-service' | 'not-verified' | null;
  readonly state: DomainSetupState;
  readonly expectedMx: readonly { readonly exchange: string; readonly preference: number }[];
  readonly observedMx: readonly { readonly exchange: string; readonly preference: number }[];
  readonly observedTtl: number | null;
  readonly tenantMx: readonly { readonly exchange: string; readonly preference: number }[];
  readonly checkedAt: IsoInstant | null;
  readonly checkDetail: string | null;
  readonly filterMode: FilterMode;
  readonly trustedHops: readonly string[];
  readonly filterConfirmedAt: IsoInstant | null;
  readonly filterConfirmedBy: string | null;
  readonly outbound: OutboundView;
  readonly records: readonly {
    readonly name: string;
    readonly type: 'MX';
    readonly preference: number;
    readonly value: string;
    readonly ttl: number;
  }[];
}

/** Mail that leaves under the domain's name: how it stands, and what to enter. */
export interface OutboundView {
  readonly fate: ReplyFate;
  /** Selector of the key that signs now; null: mail leaves unsigned. */
  readonly signedBy: string | null;
  /** Newest first. */
  readonly keys: readonly {
    readonly selector: string;
    readonly name: string;
    /** The whole value, and the same in quoted strings for providers that do not split it themselves. */
    readonly value: string;
    readonly strings: readonly string[];
    readonly state: DkimState;
    readonly checkedAt: IsoInstant | null;
    readonly checkDetail: string | null;
    readonly retiredAt: IsoInstant | null;
    /** When the record of a retired key may go: mail signed with it is verified by then. */
    readonly removableAt: IsoInstant | null;
  }[];
  readonly mayRotate: boolean;
  readonly spf: {
    /** Null: it cannot be told. */
    readonly result: AuthenticationResult | null;
    readonly records: readonly string[];
    /** The one record as it should be; null: nothing to change. */
    readonly wanted: string | null;
    readonly mechanisms: readonly string[];
    readonly lookups: number;
    readonly lookupLimit: number;
    readonly lookupsClose: boolean;
  };
  readonly dmarc: { readonly policy: DmarcPolicy | null; readonly name: string | null };
  readonly checkedAt: IsoInstant | null;
  readonly detail: string | null;
}

// Email Security -----------------------------------------------------------------------------------------------------

export const addListEntriesInput = z.object({
  kind: z.enum(['allow', 'block']),
  values: z.array(z.string().trim().min(1).max(254)).min(1).max(500),
  note: z.string().trim().max(200).default(''),
});
export const removeListEntriesInput = z.object({ ids: z.array(uuid).min(1).max(500) });

export interface ListsView {
  readonly entries: readonly {
    readonly id: string;
    readonly kind: ListKind;
    readonly type: ListEntryType;
    readonly value: string;
    readonly source: 'administrator' | 'tenant';
    readonly note: string;
    readonly addedBy: string;
    readonly addedAt: IsoInstant;
  }[];
  readonly copiedAt: IsoInstant | null;
  readonly copyDetail: string | null;
}

// Event --------------------------------------------------------------------------------------------------------------

export const eventScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everyone') }),
  z.object({ kind: z.literal('users'), userIds: z.array(uuid).min(1).max(50_000) }),
]);
export const eventPreviewInput = z.object({ scope: eventScope });
export const startEventInput = z.object({
  scope: eventScope,
  relay: z.enum(['keep-trying', 'hold']).default('keep-trying'),
  reason: z
    .string()
    .trim()
    .min(1, 'Say why, in a few words. It is kept in the audit log.')
    .max(500),
  endsAt: z.iso.datetime().nullable().default(null),
});
export const endEventInput = z.object({
  /** Needed while Office 365 is not healthy: the typed words `end anyway`. */
  typed: z.string().max(50).default(''),
});
export const END_ANYWAY = 'end anyway';

export interface EventPreview {
  readonly covered: number;
  readonly reachableBy: Readonly<Record<ChannelKind, number>>;
  readonly reachable: number;
  readonly unreachable: readonly {
    readonly id: string;
    readonly name: string;
    readonly address: string;
    readonly directoryPhone: string | null;
  }[];
  readonly waiting: number;
  /** Domains whose replies would fail SPF and DKIM both. */
  readonly failingReplies: readonly {
    readonly domain: string;
    readonly users: number;
    readonly fate: ReplyFate;
  }[];
  readonly primary: PrimaryView;
  readonly noticeDelaySeconds: number;
}

export interface EventView {
  readonly id: string;
  readonly phase: EmergencyEvent['phase'];
  readonly scope:
    | { readonly kind: 'everyone' }
    | { readonly kind: 'users'; readonly count: number };
  readonly relay: 'keep-trying' | 'hold' | null;
  readonly reason: string;
  readonly startedAt: IsoInstant;
  readonly startedBy: string;
  readonly noticesAt: IsoInstant | null;
  readonly endsAt: IsoInstant | null;
  readonly endedAt: IsoInstant | null;
  readonly readOnlyUntil: IsoInstant | null;
  readonly settledAt: IsoInstant | null;
  readonly covered: number;
  readonly reached: number;
  readonly notReached: number;
  readonly signedIn: number;
  readonly waiting: number;
  readonly sent: number;
  readonly putBack: number;
}

export interface EventState {
  readonly current: EventView | null;
  readonly past: readonly EventView[];
  readonly primary: PrimaryView;
  readonly log: readonly { readonly at: IsoInstant; readonly by: string; readonly what: string }[];
  /** Mail from outside. */
  readonly ledger: Ledger | null;
  /** What people wrote in emergency mailboxes. */
  readonly outboundLedger: Ledger | null;
  /** Our own notices and reports. */
  readonly noticesLedger: Ledger | null;
}

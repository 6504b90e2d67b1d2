import type {
  DirectoryKind,
  DomainMailType,
  MxRecord,
  PermissionTier,
  PreflightItem,
  TenantDomain,
} from '@holdfast/domain';
import type { TenantCredentials } from './tenant-credentials.ts';

export interface TenantProfile {
  readonly displayName: string;
  readonly initialDomain: string;
}

export interface TenantDomainWithRoute extends TenantDomain {
  /** From `serviceConfigurationRecords`, never built from a pattern; empty when the domain carries no mail. */
  readonly mx: readonly MxRecord[];
  /** Whether Exchange refuses unknown recipients of it; null when nobody told. */
  readonly mailType: DomainMailType | null;
}

/** An object as one collection of the tenant shows it. */
export interface TenantObject {
  /** Stable id in the tenant: Graph id, or Exchange's for what Graph does not know. */
  readonly externalId: string;
  readonly kind: DirectoryKind;
  readonly displayName: string;
  /** Null: no mail address at all, so that it is in no list of ours. */
  readonly primaryAddress: string | null;
  /** All SMTP addresses, the primary one included, lower-case. */
  readonly addresses: readonly string[];
  readonly hasMailbox: boolean;
  readonly accountEnabled: boolean;
  /** E.164 or as the tenant has it; never used without the user's confirmation, shown on the call list. */
  readonly directoryPhone: string | null;
  readonly preferredLanguage: string | null;
}

/** Collections that Graph lists, and tells the changes of. */
export type GraphCollection = 'users' | 'groups' | 'contacts';

/** What one page says. Of several facts about one thing the last counts: pages repeat themselves and come in any order. */
export type DirectoryFact =
  | {
      readonly fact: 'object';
      readonly object: TenantObject;
      /** Exchange's word: Graph knows the object by the same id, or will, or has until now. */
      readonly inGraph?: boolean;
    }
  | { readonly fact: 'gone'; readonly externalId: string }
  | { readonly fact: 'member'; readonly groupId: string; readonly memberId: string }
  | { readonly fact: 'member-gone'; readonly groupId: string; readonly memberId: string }
  /** Not every sender may write to the group: only members, only inside, or through a moderator. */
  | { readonly fact: 'restriction'; readonly externalId: string; readonly restricted: boolean }
  | {
      readonly fact: 'purpose';
      readonly externalId: string;
      readonly kind: DirectoryKind;
      readonly hasMailbox: boolean;
      readonly at: number;
    };

/** Takes pages one at a time: the next is asked for when this one is away, so that memory stays flat. */
export type PageReceiver = (facts: readonly DirectoryFact[]) => Promise<void>;

export interface RoundReceiver {
  page: PageReceiver;
  /** What came before in this round is void: Microsoft has forgotten its mark, and everything comes again. */
  restart(): Promise<void>;
}

export interface DirectoryRound {
  /** Where the next round begins. */
  readonly deltaLink: string;
  /** Everything came, not only changes. */
  readonly full: boolean;
}

/** What Exchange lists whole, where it may be asked. */
export type ExchangeListing = 'recipients' | 'public-folders' | 'restrictions';

export interface GroupToAsk {
  readonly externalId: string;
  readonly address: string;
  readonly dynamic: boolean;
}

/** Directory and health: Microsoft Graph, and Exchange's lists of recipients. All methods throw `TenantError`. */
export interface TenantDirectory {
  profile(credentials: TenantCredentials): Promise<TenantProfile>;
  domains(credentials: TenantCredentials): Promise<readonly TenantDomainWithRoute[]>;
  /** Without `from` everything, else what changed since. Null when the permission is missing. */
  round(
    credentials: TenantCredentials,
    collection: GraphCollection,
    from: string | null,
    receiver: RoundReceiver,
  ): Promise<DirectoryRound | null>;
  /** False when the permission is missing; then what may have come before counts for nothing. */
  listing(
    credentials: TenantCredentials,
    listing: ExchangeListing,
    receive: PageReceiver,
  ): Promise<boolean>;
  /** Direct members, by Exchange; a group that is gone by now has none. False when the permission is missing. */
  members(
    credentials: TenantCredentials,
    groups: readonly GroupToAsk[],
    receive: PageReceiver,
  ): Promise<boolean>;
  /**
   * What the mailboxes of these users are for. Who could not be asked is left out. False when the permission is missing.
   */
  purposes(
    credentials: TenantCredentials,
    userIds: readonly string[],
    receive: PageReceiver,
  ): Promise<boolean>;
  /** Tries what these tiers need, one thing after the other; `onItem` hears of each as it is done. */
  preflight(
    credentials: TenantCredentials,
    tiers: readonly PermissionTier[],
    onItem: (item: PreflightItem) => Promise<void>,
  ): Promise<readonly PreflightItem[]>;
}

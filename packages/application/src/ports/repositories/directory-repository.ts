import type {
  AlternateInfoState,
  DirectoryKind,
  Instant,
  Language,
  ListShape,
} from '@holdfast/domain';
import type { DirectoryQuery, DirectoryRecord } from '../../records/people.ts';

/** Protected users by how far their alternate info is. */
export type CoverageCounts = Readonly<Record<AlternateInfoState, number>>;

export interface DirectoryCounts {
  readonly total: number;
  readonly protected: number;
  /** By the SQL twin of `decideEligibility`, for figures; who is protected is decided by the domain. */
  readonly eligible: number;
  /** Of the eligible, those whose account is switched off. */
  readonly switchedOff: number;
}

/** What mx has to know of an address. */
export interface KnownAddress {
  readonly address: string;
  readonly kind: DirectoryKind;
  readonly protected: boolean;
}

export interface DirectoryRepository {
  get(id: string): Promise<DirectoryRecord | null>;
  getMany(ids: readonly string[]): Promise<readonly DirectoryRecord[]>;
  /** By any of its addresses, lower-case. */
  findByAddress(address: string): Promise<DirectoryRecord | null>;
  page(
    query: DirectoryQuery,
  ): Promise<{ readonly rows: readonly DirectoryRecord[]; readonly total: number }>;
  /** Everything that is not removed, which can be 50,000: for exports and choosing everybody, never for a figure. */
  all(): Promise<readonly DirectoryRecord[]>;
  /** Protected and not removed, in the order of their names. */
  protectedUsers(): Promise<readonly DirectoryRecord[]>;
  /** Protected, while the object is no user with a mailbox in one of these domains. */
  protectedOutside(domains: readonly string[]): Promise<readonly DirectoryRecord[]>;
  /** Users with a mailbox in one of these domains who wait for automatic protection; ids, oldest first. */
  newcomers(domains: readonly string[]): Promise<readonly string[]>;
  /** An administrator, or the setting, has decided about everybody who could be protected by now. */
  settleNewcomers(domains: readonly string[]): Promise<void>;
  counts(domains: readonly string[]): Promise<DirectoryCounts>;
  coverage(): Promise<CoverageCounts>;
  /** Addresses within these domains, in their order. */
  addressesWithin(domains: readonly string[]): Promise<readonly KnownAddress[]>;
  /** How many addresses each of these domains has, and of which kinds. */
  shapes(domains: readonly string[]): Promise<readonly ListShape[]>;
  /** Also decides about newcomers among them. */
  setProtection(ids: readonly string[], value: boolean, at: Instant): Promise<void>;
  saveContactState(
    id: string,
    state: Partial<
      Pick<
        DirectoryRecord,
        'alternateInfo' | 'lastAskedAt' | 'openedAt' | 'lastSignInAt' | 'lastSignInDrill'
      >
    >,
  ): Promise<void>;
  saveLanguage(id: string, language: Language): Promise<void>;
  /** Asked and not confirmed anything, or to be confirmed again; protected, enabled, not reminded `most` times. Ids. */
  dueForReminder(query: {
    readonly askedBefore: Instant;
    readonly most: number;
    readonly limit: number;
  }): Promise<readonly string[]>;
  saveReminders(ids: readonly string[], count: 'none' | 'one-more'): Promise<void>;
  /** Member users of the groups with these addresses, expanded: group address → object ids. */
  membersOf(groupAddresses: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

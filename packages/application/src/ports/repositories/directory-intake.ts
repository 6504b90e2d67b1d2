import type { Instant } from '@holdfast/domain';
import type {
  DirectoryFact,
  DirectoryRound,
  ExchangeListing,
  GraphCollection,
  GroupToAsk,
} from '../office365/tenant-directory.ts';

/** A collection of the tenant as it is kept; `members` and `purposes` are what was asked for one by one. */
export type DirectoryCollection = GraphCollection | ExchangeListing | 'members' | 'purposes';

export interface CollectionState {
  readonly collection: DirectoryCollection;
  readonly deltaLink: string | null;
  /** When the latest reading that counted began, and the latest whole one. */
  readonly readAt: Instant;
  readonly fullAt: Instant;
}

/** How a collection was read in a run; what was not read is left as it is. */
export interface CollectionRead extends Omit<DirectoryRound, 'deltaLink'> {
  readonly collection: DirectoryCollection;
  readonly deltaLink: string | null;
}

/** What an administrator should see before it happens. */
export interface MassChange {
  /** Objects in the directory now. */
  readonly known: number;
  readonly removals: number;
  /** Enabled accounts of people, and how many of them would be switched off. */
  readonly enabled: number;
  readonly disablings: number;
  /** Addresses of objects that stay, and how many of them nobody would have any more. */
  readonly addresses: number;
  readonly addressLosses: number;
}

/** What is held back, because too much would go at once or because this is no time for it. */
export interface HeldBack {
  readonly removals: boolean;
  readonly disablings: boolean;
  readonly addressLosses: boolean;
}

export interface SyncCounts {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

export interface AppliedDirectory extends SyncCounts {
  /** Protected users who were enabled and are removed or disabled now. */
  readonly endedIds: readonly string[];
}

/**
 * From the tenant's pages to the directory. Pages gather in a staging place of their run; `settle`, `derive` and `apply`
 * belong into one transaction, so that a run that fails has changed nothing.
 */
export interface DirectoryIntake {
  collections(): Promise<readonly CollectionState[]>;
  /** Forgets all that the tenant ever said; the directory itself stays. */
  forget(): Promise<void>;
  /** Throws away what runs of this organisation have left in staging. */
  clear(): Promise<void>;
  stage(
    runId: string,
    collection: DirectoryCollection,
    facts: readonly DirectoryFact[],
  ): Promise<void>;
  /** What is staged of the collection is void. */
  restart(runId: string, collection: DirectoryCollection): Promise<void>;
  /**
   * Users with an address whose mailbox is to be asked about: never asked, changed in this run, or last asked before.
   * In the order of urgency.
   */
  usersToAsk(runId: string, askedBefore: Instant, limit: number): Promise<readonly string[]>;
  /** Groups that Exchange listed in this run and whose members Graph does not tell. */
  groupsToAsk(runId: string, graphTellsMembers: boolean): Promise<readonly GroupToAsk[]>;
  /** Whether this run tells of users who may have memberships that nobody tells of: newcomers, and who came back. */
  hasReturned(runId: string): Promise<boolean>;
  /** Makes what is staged the tenant's latest word, and empties staging. */
  settle(runId: string, reads: readonly CollectionRead[], at: Instant): Promise<void>;
  /** What the directory should be by the tenant's latest word, and how far that is from what it is. */
  derive(): Promise<MassChange>;
  /** Brings the directory to what `derive` found. Ids, protection and alternate info of known objects stay. */
  apply(at: Instant, heldBack: HeldBack): Promise<AppliedDirectory>;
}

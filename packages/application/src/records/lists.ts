import type { Instant, ListEntryType, ListKind } from '@holdfast/domain';
import type {
  TenantListSection,
  TenantListSource,
  TenantSpoof,
} from '../ports/office365/tenant-lists.ts';

/** What became of one entry of a list in Office 365. */
export interface CopiedItemRecord {
  readonly id: string;
  readonly source: TenantListSource;
  /** The policy, list or mailbox that it came from. */
  readonly policy: string;
  readonly kind: ListKind;
  /** As it stands in Office 365. */
  readonly raw: string;
  /** How we read it; null when it was refused. */
  readonly type: ListEntryType | null;
  readonly value: string | null;
  readonly forDomain: string | null;
  readonly forUserId: string | null;
  /** `doubled`: the same came from another source, or was here already. */
  readonly outcome: 'copied' | 'doubled' | 'refused';
  /** Why it was refused, or for which recipients it was taken, in words; null when there is nothing to say. */
  readonly reason: string | null;
  readonly expiresAt: Instant | null;
  readonly copiedAt: Instant;
}

export interface CopiedSection {
  readonly section: TenantListSection;
  readonly state: 'read' | 'failed';
  readonly entries: number;
  /** What Microsoft said when it could not be read. */
  readonly detail: string | null;
}

/** The copy from Office 365: how far it is, and what is not carried over. */
export interface ListCopyRecord {
  readonly startedAt: Instant;
  /** When the organisation's part was last read to its end, completely or not. */
  readonly finishedAt: Instant | null;
  readonly report: {
    readonly sections: readonly CopiedSection[];
    /** Counted, since we do not filter by them. */
    readonly notFiltered: {
      readonly urls: number;
      readonly files: number;
      readonly simulations: number;
    };
    readonly spoofs: readonly TenantSpoof[];
    /** Policies that apply to nobody: no rule, or one that is switched off. */
    readonly idlePolicies: readonly string[];
    readonly users: UserCopyReport;
  };
}

/** How the reading of the protected users' mailboxes goes; how many are read is counted in their own table. */
export interface UserCopyReport {
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** Mailboxes that could not be read, with Microsoft's words; the first few. */
  readonly unreadable: readonly { readonly address: string; readonly detail: string }[];
  readonly detail: string | null;
}

export interface JunkReadingRecord {
  readonly userId: string;
  readonly readAt: Instant;
  readonly entries: number;
  readonly contactsTrusted: boolean;
  readonly listsOnly: boolean;
}

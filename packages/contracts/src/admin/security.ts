import { z } from 'zod';
import type { ListEntryType, ListKind } from '@holdfast/domain';
import { MAX_PAGE_SIZE, uuid, type IsoInstant } from '../words.ts';

export const addListEntriesInput = z.object({
  kind: z.enum(['allow', 'block']),
  values: z.array(z.string().trim().min(1).max(254)).min(1).max(500),
  note: z.string().trim().max(200).default(''),
  /** From then on the entries say nothing. */
  expiresAt: z.iso.datetime().nullable().default(null),
});
export const userListsInput = z.object({ userId: uuid });
export const addUserEntriesInput = addListEntriesInput.extend({ userId: uuid });
export const removeListEntriesInput = z.object({ ids: z.array(uuid).min(1).max(500) });

export const removeUserEntriesInput = removeListEntriesInput.extend({ userId: uuid });

export interface ListEntryView {
  readonly id: string;
  readonly kind: ListKind;
  readonly type: ListEntryType;
  /** As an administrator writes it: `=partner.example` is the domain alone. */
  readonly value: string;
  /** As people read it, where that is another form: `bücher.example` for `xn--bcher-kva.example`. */
  readonly readable: string | null;
  /** For recipients of this domain alone; null: for everyone, or for the user whose list it is. */
  readonly forDomain: string | null;
  readonly expiresAt: IsoInstant | null;
  readonly source: 'administrator' | 'tenant';
  readonly note: string;
  readonly addedBy: string;
  readonly addedAt: IsoInstant;
}

export const copiedOutcome = z.enum(['copied', 'doubled', 'refused']);
export const copiedItemsInput = z.object({
  outcome: copiedOutcome.nullable().default(null),
  /** What came from single mailboxes as well. */
  ofUsers: z.boolean().default(false),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(MAX_PAGE_SIZE).default(50),
});

/** What became of one entry of Office 365. */
export interface CopiedItemView {
  readonly id: string;
  readonly source: 'content-filter' | 'connection-filter' | 'tenant-list' | 'junk-settings';
  /** The policy, list or mailbox that it came from. */
  readonly policy: string;
  readonly kind: ListKind;
  /** As it stands in Office 365. */
  readonly raw: string;
  /** As it stands here; null when it was refused. */
  readonly value: string | null;
  readonly forDomain: string | null;
  readonly outcome: z.infer<typeof copiedOutcome>;
  readonly reason: string | null;
  readonly expiresAt: IsoInstant | null;
  readonly copiedAt: IsoInstant;
}

export interface CopiedItemsView {
  readonly rows: readonly CopiedItemView[];
  readonly total: number;
  readonly offset: number;
}

export type CopySection =
  | 'content-filter'
  | 'content-filter-rules'
  | 'connection-filter'
  | 'tenant-senders'
  | 'tenant-ips'
  | 'not-filtered'
  | 'spoofs';

export interface ListCopyView {
  readonly startedAt: IsoInstant | null;
  readonly finishedAt: IsoInstant | null;
  /** Null before anything was read. */
  readonly report: {
    readonly sections: readonly {
      readonly section: CopySection;
      readonly state: 'read' | 'failed';
      readonly entries: number;
      readonly detail: string | null;
    }[];
    /** Entries that are not carried over, since we do not filter by them. */
    readonly notFiltered: {
      readonly urls: number;
      readonly files: number;
      readonly simulations: number;
    };
    readonly spoofs: readonly {
      readonly sender: string;
      readonly infrastructure: string;
      readonly action: ListKind;
    }[];
    /** Policies that apply to nobody. */
    readonly idlePolicies: readonly string[];
    readonly users: {
      readonly state: 'waiting' | 'running' | 'done' | 'failed';
      readonly unreadable: readonly { readonly address: string; readonly detail: string }[];
      readonly detail: string | null;
    };
  } | null;
  /** Mailboxes of protected users whose junk settings were read, and were not. */
  readonly mailboxes: { readonly read: number; readonly unread: number };
  readonly ofUsers: { readonly entries: number; readonly users: number };
}

export const takeFromTenantInput = z.object({
  entries: z
    .array(
      z.object({
        kind: z.enum(['allow', 'block']),
        value: z.string().trim().min(1).max(254),
        forDomain: z.string().max(254).nullable().default(null),
        forUserId: uuid.nullable().default(null),
        expiresAt: z.iso.datetime().nullable().default(null),
        note: z.string().trim().max(200).default(''),
        replaces: uuid.nullable().default(null),
      }),
    )
    .min(1)
    .max(500),
});

/** An entry as it stands in Office 365 now, in our notation. */
export interface TenantEntryView {
  readonly kind: ListKind;
  readonly type: ListEntryType;
  readonly value: string;
  readonly forDomain: string | null;
  readonly forUserId: string | null;
  /** Of that user; null: for everyone, or for a domain. */
  readonly userAddress: string | null;
  readonly expiresAt: IsoInstant | null;
  /** Where it stands there. */
  readonly note: string;
}

/** Our lists beside those of Office 365, at one moment. Of each part the first 500 are given; all are counted. */
export interface TenantComparisonView {
  readonly at: IsoInstant;
  readonly same: number;
  readonly onlyThere: readonly TenantEntryView[];
  readonly onlyHere: readonly ListEntryView[];
  readonly different: readonly { readonly here: ListEntryView; readonly there: TenantEntryView }[];
  readonly refused: readonly CopiedItemView[];
  readonly counts: {
    readonly onlyThere: number;
    readonly onlyHere: number;
    readonly different: number;
    readonly refused: number;
  };
  readonly notFiltered: {
    readonly urls: number;
    readonly files: number;
    readonly simulations: number;
  };
  /** Sections that could not be read, with what Microsoft said. */
  readonly unread: readonly { readonly section: CopySection; readonly detail: string }[];
}

/** Lists of one user, which apply to mail for this user only. */
export interface UserListsView {
  readonly userId: string;
  readonly entries: readonly ListEntryView[];
  /** When the junk settings of the mailbox were read; null: not yet. */
  readonly readAt: IsoInstant | null;
  readonly contactsTrusted: boolean;
  readonly listsOnly: boolean;
}

export interface ListsView {
  readonly entries: readonly ListEntryView[];
  readonly copiedAt: IsoInstant | null;
  readonly copyDetail: string | null;
}

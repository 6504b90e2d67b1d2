import type { ListKind, PolicyRule } from '@holdfast/domain';
import type { TenantCredentials } from './tenant-credentials.ts';

export type TenantListSource =
  | 'content-filter'
  | 'connection-filter'
  | 'tenant-list'
  | 'junk-settings';

/** Without the last two a copy is complete all the same: we do not filter by what they hold. */
export type TenantListSection =
  | 'content-filter'
  | 'content-filter-rules'
  | 'connection-filter'
  | 'tenant-senders'
  | 'tenant-ips'
  | 'not-filtered'
  | 'spoofs';

export interface TenantListItem {
  readonly kind: ListKind;
  /** As it stands in Office 365. */
  readonly value: string;
  readonly source: TenantListSource;
  /** Name of the policy or list. */
  readonly policy: string;
  /** Milliseconds since 1970; null: it never runs out. */
  readonly expiresAt: number | null;
}

/** A pair of the spoof intelligence: who may, or may not, send under a name that is not theirs. */
export interface TenantSpoof {
  readonly sender: string;
  readonly infrastructure: string;
  readonly action: ListKind;
}

export interface TenantListsReading {
  /** What has run out is not among them. */
  readonly items: readonly TenantListItem[];
  /** To whom policies other than `Default` apply. */
  readonly rules: readonly PolicyRule[];
  readonly notFiltered: {
    readonly urls: number;
    readonly files: number;
    /** Entries of the advanced delivery policy: phishing simulations and mailboxes of security teams. */
    readonly simulations: number;
  };
  readonly spoofs: readonly TenantSpoof[];
  readonly sections: readonly {
    readonly section: TenantListSection;
    /** Null: read. Otherwise what Microsoft said. */
    readonly failure: string | null;
  }[];
}

/** Safe and blocked senders of one mailbox. */
export interface JunkSettings {
  readonly safe: readonly string[];
  readonly blocked: readonly string[];
  readonly contactsTrusted: boolean;
  readonly listsOnly: boolean;
}

/** Allow and block lists of a tenant, by Exchange cmdlets; they are only read. */
export interface TenantLists {
  /** What can be read is given, the rest is named. Throws `TenantError` when nothing could be read. */
  read(credentials: TenantCredentials): Promise<TenantListsReading>;
  /** One call for each mailbox, and slow. Throws `TenantError`. */
  readJunkSettings(credentials: TenantCredentials, mailbox: string): Promise<JunkSettings>;
}

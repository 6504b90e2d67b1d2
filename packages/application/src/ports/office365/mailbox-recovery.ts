import type { Instant, WellKnownFolder } from '@holdfast/domain';
import type { TenantCredentials } from './tenant-credentials.ts';

/** A message as it stands in Office 365 now. */
export interface TenantCopy {
  readonly externalId: string;
  readonly isRead: boolean;
  readonly isFlagged: boolean;
  /** Null for a folder that the user has made. */
  readonly folder: WellKnownFolder | null;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** What was done with mail in an emergency mailbox is done in Office 365. All throw `TenantError`. */
export interface MailboxRecovery {
  /** By Message-ID with brackets, in every folder, drafts and Sent Items left out. */
  findReceived(
    credentials: TenantCredentials,
    mailbox: string,
    messageId: string,
  ): Promise<readonly TenantCopy[]>;
  mark(
    credentials: TenantCredentials,
    mailbox: string,
    externalId: string,
    change: { readonly isRead?: boolean; readonly isFlagged?: boolean },
  ): Promise<void>;
  move(
    credentials: TenantCredentials,
    mailbox: string,
    externalId: string,
    folder: WellKnownFolder,
  ): Promise<void>;
}

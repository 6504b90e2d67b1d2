import type { Instant, TenantFolder } from '@holdfast/domain';
import type { TenantCredentials } from './tenant-credentials.ts';

/** A message in a folder of Office 365, as far as its place goes. */
export interface TenantMessage {
  /** Immutable: it stays when the message is moved. */
  readonly externalId: string;
  /** RFC 5322, with brackets; null when it has none. */
  readonly messageId: string | null;
  readonly receivedAt: Instant;
  readonly isRead: boolean;
  readonly isDraft: boolean;
  readonly isFlagged: boolean;
}

export interface FolderChanges {
  readonly messages: readonly TenantMessage[];
  /** Ids of what was in the folder and is not any more. */
  readonly removed: readonly string[];
  /** Opaque: where to go on. */
  readonly link: string;
  /** Nothing more for now: `link` begins the next round. */
  readonly isWhole: boolean;
}

/** A meeting on somebody's calendar, one occurrence. */
export interface Meeting {
  readonly id: string;
  readonly subject: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly isAllDay: boolean;
  readonly isCancelled: boolean;
  readonly location: string;
  /** Where to take part on line; null when there is no such thing. */
  readonly joinUrl: string | null;
  readonly organizer: { readonly name: string; readonly address: string } | null;
  /** Its owner marked it so that others do not see what it is. */
  readonly isPrivate: boolean;
  /** The beginning of the invitation's text. */
  readonly notes: string;
}

/** An entry of somebody's own address book. */
export interface PersonalContact {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** What we ask of one mailbox is done at low priority, and the first refusal ends it. All throw `TenantError`. */
export interface MailboxReading {
  folders(
    credentials: TenantCredentials,
    mailbox: string,
  ): Promise<readonly (TenantFolder & { readonly name: string })[]>;
  /**
   * A page of what happened in a folder since `link`; without one, of what was received since. Null when Microsoft has
   * forgotten the link: begin anew.
   */
  changes(
    credentials: TenantCredentials,
    mailbox: string,
    folderId: string,
    from: { readonly link: string } | { readonly receivedSince: Instant },
  ): Promise<FolderChanges | null>;
  /**
   * What lies in a folder and was received in this time, both ends included, the newest first, as many as one answer holds.
   */
  received(
    credentials: TenantCredentials,
    mailbox: string,
    folderId: string,
    time: { readonly since: Instant; readonly until: Instant },
  ): Promise<{ readonly messages: readonly TenantMessage[]; readonly isWhole: boolean }>;
  /** The message as RFC 5322 text. Rejects with `MessageTooBigError` beyond `limit` bytes. */
  content(
    credentials: TenantCredentials,
    mailbox: string,
    externalId: string,
    limit: number,
  ): Promise<Uint8Array>;
  /** Every meeting between two instants, recurrences by themselves, in the order of time. */
  meetings(
    credentials: TenantCredentials,
    mailbox: string,
    from: Instant,
    to: Instant,
  ): Promise<readonly Meeting[]>;
  /** Those of the address book that have an address, of its main folder. */
  contacts(credentials: TenantCredentials, mailbox: string): Promise<readonly PersonalContact[]>;
}

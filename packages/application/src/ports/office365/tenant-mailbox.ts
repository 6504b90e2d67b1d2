import type { TenantCredentials } from './tenant-credentials.ts';

export interface SentItem {
  readonly messageId: string;
  readonly sentAt: number;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: readonly { readonly name: string; readonly address: string }[];
  readonly cc: readonly { readonly name: string; readonly address: string }[];
  readonly bcc: readonly { readonly name: string; readonly address: string }[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly attachments: readonly {
    readonly fileName: string;
    readonly contentType: string;
    readonly content: Uint8Array;
    readonly contentId: string | null;
    readonly inline: boolean;
  }[];
  /** The header as it left. */
  readonly transportHeaders: string;
  /** Of ours, unique: by it the item is known whatever becomes of the Message-ID. */
  readonly marker: string;
}

export interface FoundMessage {
  /** Microsoft's, for removing it. */
  readonly id: string;
  /** Display name of the folder; null when it cannot be told. */
  readonly folder: string | null;
  readonly receivedAt: number;
  readonly isRead: boolean;
}

/** Recovery writes into a user's mailbox, and the look for a message of ours. All methods throw `TenantError`. */
export interface TenantMailbox {
  /** Creates a dated, non-draft item in Sent Items; looks for the Message-ID first, so that a repeat is harmless. */
  putSentItem(
    credentials: TenantCredentials,
    mailbox: string,
    item: SentItem,
  ): Promise<{ readonly created: boolean }>;
  /** In whatever folder; null: not there. Drafts do not count. Needs Mail.ReadBasic.All or Mail.ReadWrite. */
  findMessage(
    credentials: TenantCredentials,
    mailbox: string,
    messageId: string,
  ): Promise<FoundMessage | null>;
  /** Out of every folder, Deleted Items too; gone already is well. Needs Mail.ReadWrite. */
  removeMessage(credentials: TenantCredentials, mailbox: string, messageId: string): Promise<void>;
}

/** Folders that every mailbox has, by Graph's well-known name. */
export const WELL_KNOWN_FOLDERS = {
  inbox: 'Inbox',
  drafts: 'Drafts',
  sentitems: 'Sent Items',
  deleteditems: 'Deleted Items',
  junkemail: 'Junk Email',
  archive: 'Archive',
  outbox: 'Outbox',
} as const;

export interface MailFolder {
  readonly id: string;
  readonly displayName: string;
  /** Null at the top of the mailbox. */
  readonly parentId: string | null;
}

/** What a client that follows a folder is told of it. */
export interface FolderChanges {
  readonly changed: readonly StoredMessage[];
  /** Ids of messages that were in the folder and are not any more. */
  readonly removed: readonly string[];
}

interface ExtendedProperty {
  readonly id: string;
  readonly value: string;
}

/** One message in a mailbox of the tenant or of the outside world. `raw` is exactly what was handed in. */
export interface StoredMessage {
  readonly id: string;
  folderId: string;
  raw: Buffer;
  subject: string;
  from: string;
  to: string[];
  messageId: string;
  isRead: boolean;
  isDraft: boolean;
  /** Instants in milliseconds since the epoch. */
  receivedAt: number;
  sentAt: number;
  createdAt: number;
  modifiedAt: number;
  categories: string[];
  flagged: 'notFlagged' | 'flagged' | 'complete';
  importance: 'low' | 'normal' | 'high';
  inferenceClassification: 'focused' | 'other';
  extendedProperties: ExtendedProperty[];
}

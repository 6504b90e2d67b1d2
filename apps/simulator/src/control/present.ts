import type { Mailbox } from '../mailbox/mailbox.ts';

/** A message as the control API lists it. */
export interface ControlMessage {
  readonly id: string;
  readonly folder: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly isRead: boolean;
  readonly isDraft: boolean;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly sentAt: string;
  /** The whole message, base64. */
  readonly raw: string;
}

export function presentMessages(mailbox: Mailbox | undefined): ControlMessage[] {
  if (mailbox === undefined) return [];
  const names = new Map(mailbox.folders.map((folder) => [folder.id, folder.displayName]));
  return mailbox.messages().map((message) => ({
    id: message.id,
    folder: names.get(message.folderId) ?? '',
    from: message.from,
    to: message.to,
    subject: message.subject,
    messageId: message.messageId,
    isRead: message.isRead,
    isDraft: message.isDraft,
    receivedAt: new Date(message.receivedAt).toISOString(),
    sentAt: new Date(message.sentAt).toISOString(),
    raw: message.raw.toString('base64'),
  }));
}

export const presentMailbox = (mailbox: Mailbox) => ({
  address: mailbox.address,
  messages: mailbox.messages().length,
  unread: mailbox.messages().filter((message) => !message.isRead).length,
  duplicatesDropped: mailbox.dropped,
});

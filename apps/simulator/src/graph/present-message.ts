import { createHash } from 'node:crypto';
import { type AddressObject, type Attachment, type ParsedMail, simpleParser } from 'mailparser';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { MailFolder, StoredMessage } from '../mailbox/message.ts';
import type { GraphObject } from './select.ts';

const PREVIEW_CHARACTERS = 255;
const iso = (instant: number): string => new Date(instant).toISOString();

const recipients = (field: AddressObject | AddressObject[] | undefined) =>
  (Array.isArray(field) ? field : field === undefined ? [] : [field])
    .flatMap((object) => object.value)
    .flatMap((entry) => entry.group ?? [entry])
    .map((entry) => ({
      emailAddress: { name: entry.name || (entry.address ?? ''), address: entry.address ?? '' },
    }));

const threadOf = (parsed: ParsedMail, message: StoredMessage): string => {
  const references = parsed.references ?? [];
  const root = Array.isArray(references) ? references[0] : references;
  return root ?? parsed.inReplyTo ?? message.messageId;
};

/** The message as Graph shows it, headers and body included; `$select` thins it out afterwards. */
export async function presentMessage(message: StoredMessage, origin: string): Promise<GraphObject> {
  const parsed = await simpleParser(message.raw);
  const [from] = recipients(parsed.from);
  const html = typeof parsed.html === 'string' ? parsed.html : null;
  const attachments = parsed.attachments.filter((part) => !part.related);
  return {
    '@odata.etag': `W/"${message.modifiedAt}"`,
    id: message.id,
    createdDateTime: iso(message.createdAt),
    lastModifiedDateTime: iso(message.modifiedAt),
    changeKey: String(message.modifiedAt),
    categories: message.categories,
    receivedDateTime: iso(message.receivedAt),
    sentDateTime: iso(message.sentAt),
    hasAttachments: attachments.length > 0,
    internetMessageId: message.messageId,
    subject: message.subject,
    bodyPreview: (parsed.text ?? '').replaceAll(/\s+/g, ' ').slice(0, PREVIEW_CHARACTERS),
    importance: message.importance,
    parentFolderId: message.folderId,
    conversationId: createHash('sha256').update(threadOf(parsed, message)).digest('base64url'),
    isRead: message.isRead,
    isDraft: message.isDraft,
    webLink: `${origin}/#${encodeURIComponent(message.messageId)}`,
    inferenceClassification: message.inferenceClassification,
    body: { contentType: html === null ? 'text' : 'html', content: html ?? parsed.text ?? '' },
    ...(from !== undefined && { sender: from, from }),
    toRecipients: recipients(parsed.to),
    ccRecipients: recipients(parsed.cc),
    bccRecipients: recipients(parsed.bcc),
    replyTo: recipients(parsed.replyTo),
    flag: { flagStatus: message.flagged },
  };
}

/** Only on request (`$select=internetMessageHeaders`), as in Graph. */
export async function presentHeaders(message: StoredMessage) {
  const parsed = await simpleParser(message.raw);
  return parsed.headerLines.map((header) => ({
    name: header.line.slice(0, header.line.indexOf(':')),
    value: header.line
      .slice(header.line.indexOf(':') + 1)
      .replaceAll(/\r?\n\s+/g, ' ')
      .trim(),
  }));
}

export async function presentAttachments(message: StoredMessage) {
  const parsed = await simpleParser(message.raw);
  return parsed.attachments.map((part, index) => presentAttachment(message, part, index));
}

const presentAttachment = (message: StoredMessage, part: Attachment, index: number) => ({
  '@odata.type': '#microsoft.graph.fileAttachment',
  id: `${message.id}-${index}`,
  lastModifiedDateTime: iso(message.modifiedAt),
  name: part.filename ?? 'attachment',
  contentType: part.contentType,
  size: part.size,
  isInline: part.related === true,
  contentId: part.cid ?? null,
  contentBytes: part.content.toString('base64'),
});

export function presentFolder(mailbox: Mailbox, folder: MailFolder): GraphObject {
  const messages = mailbox.messages(folder.id);
  return {
    id: folder.id,
    displayName: folder.displayName,
    parentFolderId: folder.parentId ?? `${mailbox.address}-root`,
    childFolderCount: mailbox.folders.filter(({ parentId }) => parentId === folder.id).length,
    unreadItemCount: messages.filter((message) => !message.isRead).length,
    totalItemCount: messages.length,
    isHidden: false,
  };
}

import { typeProblem } from './schema.ts';
import { composeRaw, newMessageId, readMapi } from './compose-message.ts';
import { badRequest, GraphError } from './graph-error.ts';
import type { GraphAttachment, GraphMessageInput } from './graph-message.ts';
import { SESSION_FROM_BYTES } from './upload-sessions.ts';
import type { AddedAttachment } from '../mailbox/add-attachment.ts';
import type { NewMessage } from '../mailbox/mailbox.ts';
import type { StoredMessage } from '../mailbox/message.ts';

/** Checks a request body against Microsoft's description of a message. */
function messageInput(body: unknown): GraphMessageInput {
  const problem = typeProblem('message', body);
  if (problem !== undefined) throw new GraphError(400, 'RequestBodyRead', problem);
  return body as GraphMessageInput;
}

/**
 * A new message from JSON. It is a draft unless the MAPI message flags say otherwise at this moment; later nobody can
 * change that.
 */
export async function fromJson(body: unknown): Promise<NewMessage> {
  const input = messageInput(body);
  const unsupported = (input.attachments ?? []).some(
    (attachment) => !(attachment['@odata.type'] ?? '').endsWith('microsoft.graph.fileAttachment'),
  );
  if (unsupported) throw badRequest('Only fileAttachment is supported inline.');
  const mapi = readMapi(input);
  const now = Date.now();
  const messageId = mapi.messageId ?? input.internetMessageId ?? newMessageId();
  const sentAt = mapi.sentAt ?? now;
  return {
    raw: await composeRaw(input, mapi, { messageId, sentAt }),
    subject: input.subject ?? '',
    messageId,
    sentAt,
    receivedAt: mapi.receivedAt ?? now,
    isDraft: mapi.isDraft,
    isRead: input.isRead ?? mapi.isRead ?? true,
    importance: input.importance ?? 'normal',
    inferenceClassification: input.inferenceClassification ?? 'focused',
    categories: [...(input.categories ?? [])],
    flagged: input.flag?.flagStatus ?? 'notFlagged',
    extendedProperties: properties(input),
  };
}

/** One attachment that comes whole, in base64. Graph takes less than 3 MB that way. */
export function smallAttachment(body: unknown): AddedAttachment {
  const problem = typeProblem('fileAttachment', body);
  if (problem !== undefined) throw new GraphError(400, 'RequestBodyRead', problem);
  const input = body as GraphAttachment;
  if (!(input['@odata.type'] ?? '').endsWith('microsoft.graph.fileAttachment')) {
    throw badRequest('Only fileAttachment is supported.');
  }
  const content = Buffer.from(input.contentBytes ?? '', 'base64');
  if (content.length >= SESSION_FROM_BYTES) {
    throw new GraphError(413, 'RequestEntityTooLarge', 'Use an upload session from 3 MB on.');
  }
  return {
    name: input.name ?? 'attachment',
    contentType: input.contentType ?? 'application/octet-stream',
    content,
    contentId: input.contentId ?? null,
    isInline: input.isInline ?? false,
  };
}

/** A new message from base64 MIME: always a draft, whatever the MIME says, and received now. */
export function fromMime(body: string): NewMessage {
  const text = body.replaceAll(/\s+/g, '');
  if (text === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    throw new GraphError(
      400,
      'ErrorMimeContentInvalidBase64String',
      'Invalid base64 string for MIME content.',
    );
  }
  return { raw: Buffer.from(text, 'base64'), isDraft: true, isRead: true };
}

const ONLY_IN_DRAFTS = ['subject', 'body', 'replyTo', 'internetMessageId'];

/** Applies a PATCH. What only a draft may change is refused for everything else. */
export function update(message: StoredMessage, body: unknown): void {
  const input = messageInput(body);
  const names = Object.keys(input);
  const fixed = message.isDraft ? undefined : names.find((name) => ONLY_IN_DRAFTS.includes(name));
  if (fixed !== undefined || names.includes('isDraft')) {
    throw new GraphError(
      400,
      'ErrorInvalidPropertySet',
      `Property '${fixed ?? 'isDraft'}' is read-only and cannot be set.`,
    );
  }
  if (input.subject !== undefined) message.subject = input.subject ?? '';
  message.isRead = input.isRead ?? message.isRead;
  message.importance = input.importance ?? message.importance;
  message.inferenceClassification =
    input.inferenceClassification ?? message.inferenceClassification;
  message.categories = input.categories ? [...input.categories] : message.categories;
  message.flagged = input.flag?.flagStatus ?? message.flagged;
  const added = properties(input);
  message.extendedProperties = [
    ...message.extendedProperties.filter((old) => !added.some((more) => more.id === old.id)),
    ...added,
  ];
  message.modifiedAt = Date.now();
}

const properties = (input: GraphMessageInput) =>
  (input.singleValueExtendedProperties ?? []).map((property) => ({
    id: property.id ?? '',
    value: property.value ?? '',
  }));

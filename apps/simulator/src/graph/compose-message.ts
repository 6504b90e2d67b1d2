import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { GraphMessageInput, GraphRecipient } from './graph-message.ts';
import { badRequest } from './graph-error.ts';
import { PRIMARY_DOMAIN } from '../tenant/identity.ts';

/** MAPI tags (MS-OXPROPS) that Exchange honours when a message is created. */
const TAG = {
  messageFlags: 0x0e07,
  deliveryTime: 0x0e06,
  clientSubmitTime: 0x0039,
  internetMessageId: 0x1035,
  inReplyTo: 0x1042,
  references: 0x1039,
  transportHeaders: 0x007d,
} as const;

const FLAG_READ = 0x1;
const FLAG_UNSENT = 0x8;

/** What the extended properties of a new message decide. Instants in ms since the epoch. */
export interface MapiValues {
  readonly isDraft: boolean;
  readonly isRead: boolean | null;
  readonly receivedAt: number | null;
  readonly sentAt: number | null;
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: string | null;
  readonly transportHeaders: string;
}

/**
 * Reads the MAPI properties. Without message flags, or with the "unsent" bit in them, the message is a draft and stays
 * one; `receivedDateTime` and `sentDateTime` of the JSON are not looked at, as in Exchange Online.
 */
export function readMapi(input: GraphMessageInput): MapiValues {
  const values = new Map<number, string>();
  for (const property of input.singleValueExtendedProperties ?? []) {
    const tag = /^\w+ 0x([0-9a-f]{1,4})$/i.exec(property.id ?? '')?.[1];
    if (tag !== undefined) values.set(Number.parseInt(tag, 16), property.value ?? '');
  }
  const flagText = values.get(TAG.messageFlags);
  const flags = flagText === undefined ? FLAG_UNSENT : Number(flagText);
  if (!Number.isInteger(flags)) throw badRequest('The value of property 0x0E07 is not an integer.');
  return {
    isDraft: (flags & FLAG_UNSENT) !== 0,
    isRead: flagText === undefined ? null : (flags & FLAG_READ) !== 0,
    receivedAt: instant(values.get(TAG.deliveryTime)),
    sentAt: instant(values.get(TAG.clientSubmitTime)),
    messageId: values.get(TAG.internetMessageId) ?? null,
    inReplyTo: values.get(TAG.inReplyTo) ?? null,
    references: values.get(TAG.references) ?? null,
    transportHeaders: values.get(TAG.transportHeaders) ?? '',
  };
}

function instant(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw badRequest(`'${text}' is not a SystemTime value.`);
  return value;
}

export const newMessageId = (): string => `<${randomUUID()}@${PRIMARY_DOMAIN}>`;

/** The MIME form that Exchange would make of the properties. */
export async function composeRaw(
  input: GraphMessageInput,
  mapi: MapiValues,
  envelope: { readonly messageId: string; readonly sentAt: number },
): Promise<Buffer> {
  const html = input.body?.contentType === 'html';
  const content = input.body?.content ?? '';
  const composer = new MailComposer({
    from: addresses(input.from === undefined || input.from === null ? [] : [input.from])[0],
    to: addresses(input.toRecipients),
    cc: addresses(input.ccRecipients),
    bcc: addresses(input.bccRecipients),
    replyTo: addresses(input.replyTo),
    subject: input.subject ?? '',
    messageId: envelope.messageId,
    date: new Date(envelope.sentAt),
    ...(mapi.inReplyTo !== null && { inReplyTo: mapi.inReplyTo }),
    ...(mapi.references !== null && { references: mapi.references }),
    headers: extraHeaders(mapi.transportHeaders),
    ...(html ? { html: content } : { text: content }),
    attachments: (input.attachments ?? []).map((attachment) => ({
      filename: attachment.name ?? 'attachment',
      contentType: attachment.contentType ?? 'application/octet-stream',
      content: bytesOf(attachment.contentBytes),
      ...(attachment.contentId && { cid: attachment.contentId }),
      contentDisposition: attachment.isInline === true ? ('inline' as const) : 'attachment',
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const node = composer.compile();
  node.keepBcc = true;
  return node.build();
}

const addresses = (recipients: readonly GraphRecipient[] | null | undefined) =>
  (recipients ?? [])
    .map((recipient) => recipient.emailAddress)
    .filter((entry) => entry !== null && entry !== undefined)
    .map((entry) => ({ name: entry.name ?? '', address: entry.address ?? '' }));

function bytesOf(contentBytes: string | null | undefined): Buffer {
  if (contentBytes === null || contentBytes === undefined) {
    throw badRequest('A fileAttachment needs contentBytes.');
  }
  return Buffer.from(contentBytes, 'base64');
}

/** Headers of 0x007D that the composer does not write itself: trace and X- headers survive. */
function extraHeaders(block: string) {
  return block
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map((line) => /^([!-9;-~]+):\s*(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map((match) => ({ key: match[1] ?? '', value: match[2] ?? '' }))
    .filter(({ key }) => /^(x-|received$|return-path$|authentication-results$)/i.test(key));
}

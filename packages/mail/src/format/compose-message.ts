import type { ComposeInput, MailParty, MessageFormat } from '@holdfast/application';
import MailComposer from 'nodemailer/lib/mail-composer';
import MimeNode from 'nodemailer/lib/mime-node';
import { truncate } from './shown-text.ts';

/** Bytes of the original's header that a bounce gives back. */
const RETURNED_HEADER_BYTES = 64 * 1024;
const FIELD_NAME = /^[A-Za-z0-9-]{1,76}$/;

/** No file or URL is ever read: everything that goes into the message is handed in. No `Bcc` field: the envelope has them. */
export async function composeMessage(input: ComposeInput): Promise<Uint8Array> {
  const composer = new MailComposer({
    messageId: input.messageId,
    date: new Date(input.date),
    from: input.from,
    to: [...input.to],
    cc: [...input.cc],
    subject: input.subject,
    text: input.text,
    ...(input.html === null ? {} : { html: input.html }),
    ...(input.inReplyTo === null ? {} : { inReplyTo: input.inReplyTo }),
    ...(input.references.length === 0 ? {} : { references: [...input.references] }),
    attachments: input.attachments.map(({ fileName, contentType, content }) => ({
      filename: fileName,
      contentType,
      content: Buffer.from(content),
    })),
    headers: safeFields(input.headers),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
  });
  return withFinalLineEnd(await composer.compile().build());
}

/** RFC 3464, for one recipient. Returns the original's header, not its content: enough to recognise, nothing to reflect. */
export const composeBounce: MessageFormat['composeBounce'] = async (input) => {
  const root = new MimeNode('multipart/report; report-type=delivery-status', {
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  root.setHeader({
    from: partyOf(input.from),
    to: input.to,
    subject: 'Undelivered mail: your message was not delivered',
    date: new Date(input.date).toUTCString().replace('GMT', '+0000'),
    'message-id': input.messageId,
    ...(input.inReplyTo === null
      ? {}
      : { 'in-reply-to': plain(input.inReplyTo), references: plain(input.inReplyTo) }),
    'auto-submitted': 'auto-replied',
    'mime-version': '1.0',
  });
  root.createChild('text/plain; charset=utf-8').setContent(explanation(input));
  root.createChild('message/delivery-status').setContent(deliveryStatus(input));
  root.createChild('text/rfc822-headers').setContent(headerOf(input.original));
  return withFinalLineEnd(await root.build());
};

type BounceInput = Parameters<MessageFormat['composeBounce']>[0];

function explanation(input: BounceInput): string {
  return [
    `This is the mail system at ${plain(input.reportingMta)}.`,
    '',
    'Your message could not be delivered to',
    '',
    `    ${plain(input.recipient)}`,
    '',
    'The mail server of the recipient answered:',
    '',
    `    ${plain(input.reply)}`,
    '',
    'No further attempt will be made. Please check the address, or reach the recipient another way.',
    '',
  ].join('\r\n');
}

/** RFC 3464 §2: one block for the message, one for the recipient. */
function deliveryStatus(input: BounceInput): string {
  const status = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(input.reply)?.[0] ?? '5.0.0';
  return [
    `Reporting-MTA: dns; ${plain(input.reportingMta)}`,
    '',
    `Final-Recipient: rfc822; ${plain(input.recipient)}`,
    'Action: failed',
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${truncate(plain(input.reply), 900)}`,
    '',
  ].join('\r\n');
}

function headerOf(original: Uint8Array): string {
  const bytes = Buffer.from(original.buffer, original.byteOffset, original.byteLength);
  const end = bytes.indexOf('\r\n\r\n');
  const length = Math.min(end === -1 ? bytes.length : end + 2, RETURNED_HEADER_BYTES);
  return bytes.subarray(0, length).toString('utf8');
}

function partyOf({ name, address }: MailParty): string {
  return name === '' ? address : `"${plain(name).replace(/["\\]/g, '')}" <${plain(address)}>`;
}

/** One line of ASCII or text: a reply or an address must not begin a field of its own. */
function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}

function safeFields(headers: Readonly<Record<string, string>>): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!FIELD_NAME.test(name)) throw new Error(`"${name}" is no name of a header field`);
    fields[name] = plain(value);
  }
  return fields;
}

/** The relay sends bytes unchanged only when they end with CRLF. */
function withFinalLineEnd(bytes: Buffer): Buffer {
  return bytes.subarray(-2).toString('latin1') === '\r\n'
    ? bytes
    : Buffer.concat([bytes, Buffer.from('\r\n')]);
}

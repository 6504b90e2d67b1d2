import type { ComposeInput } from '@holdfast/application';
import MailComposer from 'nodemailer/lib/mail-composer';
import { plainLine } from './plain-line.ts';

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
    attachments: input.attachments.map(({ fileName, contentType, content, contentId }) => ({
      filename: fileName,
      contentType,
      content: Buffer.from(content),
      ...(contentId === undefined ? {} : { cid: contentId, contentDisposition: 'inline' as const }),
    })),
    headers: safeFields(input.headers),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
  });
  return withFinalLineEnd(await composer.compile().build());
}

function safeFields(headers: Readonly<Record<string, string>>): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!FIELD_NAME.test(name)) throw new Error(`"${name}" is no name of a header field`);
    fields[name] = plainLine(value);
  }
  return fields;
}

/** The relay sends bytes unchanged only when they end with CRLF. */
export function withFinalLineEnd(bytes: Buffer): Buffer {
  return bytes.subarray(-2).toString('latin1') === '\r\n'
    ? bytes
    : Buffer.concat([bytes, Buffer.from('\r\n')]);
}

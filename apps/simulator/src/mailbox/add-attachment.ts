import { randomUUID } from 'node:crypto';

export interface AddedAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly contentId: string | null;
  readonly isInline: boolean;
}

const BODY_HEADER = /^content-/i;

/** The same message with one more part: what was there becomes the first part of a new multipart/mixed. */
export function addAttachment(raw: Buffer, attachment: AddedAttachment): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  const head = end === -1 ? raw : raw.subarray(0, end);
  const body = end === -1 ? Buffer.alloc(0) : raw.subarray(end + 4);
  const headers = head.toString('latin1').split(/\r\n(?![ \t])/);
  const boundary = `sim-${randomUUID()}`;
  const outer = headers.filter((header) => !BODY_HEADER.test(header));
  const inner = headers.filter((header) => BODY_HEADER.test(header));
  const lines = (text: readonly string[]): Buffer => Buffer.from(text.join('\r\n'), 'latin1');
  return Buffer.concat([
    lines([
      ...outer,
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      '',
    ]),
    lines([...inner, '', '']),
    body,
    lines(['', `--${boundary}`, ...partHeaders(attachment), '', '']),
    lines(attachment.content.toString('base64').match(/.{1,76}/g) ?? []),
    lines(['', `--${boundary}--`, '']),
  ]);
}

function partHeaders({ name, contentType, contentId, isInline }: AddedAttachment): string[] {
  // RFC 2231: a name in any script.
  const fileName = `filename*=UTF-8''${encodeURIComponent(name)}`;
  return [
    `Content-Type: ${contentType.replaceAll(/[\r\n]/g, '')}`,
    `Content-Disposition: ${isInline ? 'inline' : 'attachment'}; ${fileName}`,
    'Content-Transfer-Encoding: base64',
    ...(contentId === null ? [] : [`Content-ID: <${contentId.replaceAll(/[\r\n<>]/g, '')}>`]),
  ];
}

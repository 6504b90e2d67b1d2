import type { AttachmentPart } from '@holdfast/application';
import {
  type AttachmentStream,
  type HeaderLines,
  type Headers,
  MailParser,
  type MessageText,
} from 'mailparser';
import { Readable } from 'node:stream';
import type { FormatLimits } from './format-limits.ts';
import { oneLine, truncate } from './shown-text.ts';

export interface ParsedMessage {
  readonly headers: Headers;
  readonly headerLines: HeaderLines;
  readonly text: string;
  readonly html: string | null;
  readonly parts: readonly AttachmentPart[];
  /** Content of the wanted part, null when there is no such part. */
  readonly content: Buffer | null;
}

export interface WantedContent {
  /** Text is made from HTML where there is no other: dear, and only for reading. */
  readonly htmlToText?: boolean;
  /** The content of this part is handed out. */
  readonly wantedPart?: number;
}

/** Bytes handed to the parser at once, so that the time limit is looked at in between. */
const CHUNK_BYTES = 64 * 1024;
const MAX_FILE_NAME = 255;

interface Findings {
  headers: Headers;
  headerLines: HeaderLines;
  text: string;
  html: string | null;
  readonly parts: AttachmentPart[];
  content: Buffer | null;
}

/**
 * Every leaf that is not shown as text counts as an attachment: embedded messages and delivery reports too, since
 * parsers that look into them disagree (reference "mail", 1.7). Never rejects for content: what was found until the
 * parser gave up, or the time ran out, is the result.
 */
export async function parseMessage(
  message: Uint8Array,
  limits: FormatLimits,
  wanted: WantedContent,
): Promise<ParsedMessage> {
  const found: Findings = {
    headers: new Map(),
    headerLines: [],
    text: '',
    html: null,
    parts: [],
    content: null,
  };
  const parser = new MailParser({
    skipTextToHtml: true,
    skipHtmlToText: wanted.htmlToText !== true,
    skipImageLinks: true,
    ignoreEmbedded: true,
    keepDeliveryStatus: true,
    checksumAlgo: false,
    maxHtmlLengthToParse: limits.htmlLength,
    maxHeadSize: limits.headBytes,
    maxChildNodes: limits.parts,
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, limits.time);
  const source = Readable.from(chunksOf(message.subarray(0, limits.messageBytes)));
  parser.on('headers', (headers: Headers) => (found.headers = headers));
  parser.on('headerLines', (lines: HeaderLines) => (found.headerLines = lines));
  parser.on('data', (data: AttachmentStream | MessageText) => {
    if (data.type === 'text') takeText(found, data, limits);
    else takeAttachment(found, data, wanted.wantedPart);
  });
  parser.on('error', () => resolve());
  parser.on('end', () => resolve());
  source.pipe(parser);
  await promise;
  clearTimeout(timer);
  source.destroy();
  parser.on('error', () => undefined);
  parser.destroy();
  return { ...found, parts: [...found.parts] };
}

function takeText(found: Findings, data: MessageText, limits: FormatLimits): void {
  found.text = truncate(data.text ?? '', limits.textLength);
  found.html = data.html === undefined ? null : truncate(data.html, limits.htmlLength);
}

function takeAttachment(
  found: Findings,
  attachment: AttachmentStream,
  wantedPart: number | undefined,
): void {
  const index = found.parts.length;
  const chunks: Buffer[] = [];
  let size = 0;
  attachment.content.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (index === wantedPart) chunks.push(chunk);
  });
  const finish = (): void => {
    found.parts.push(describePart(attachment, index, size));
    if (index === wantedPart) found.content = Buffer.concat(chunks);
    attachment.release?.();
  };
  let finished = false;
  const once = (): void => {
    if (finished) return;
    finished = true;
    finish();
  };
  attachment.content.on('end', once);
  attachment.content.on('error', once);
}

function describePart(attachment: AttachmentStream, index: number, size: number): AttachmentPart {
  const contentType = oneLine(stringOf(attachment.contentType), 200).toLowerCase();
  return {
    index,
    fileName: fileNameOf(attachment, index, contentType),
    contentType: /^[\w.+-]+\/[\w.+-]+$/.test(contentType)
      ? contentType
      : 'application/octet-stream',
    size,
    contentId: attachment.cid === undefined ? null : oneLine(stringOf(attachment.cid), 998),
    inline: attachment.related === true || attachment.contentDisposition === 'inline',
  };
}

/** The parser says `false` where a field has no value, whatever its types promise. */
function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** No path, no control characters, no direction overrides; never empty. */
function fileNameOf(attachment: AttachmentStream, index: number, contentType: string): string {
  const named = oneLine(stringOf(attachment.filename), MAX_FILE_NAME)
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/^\.+/, '');
  if (named !== '') return named;
  return contentType === 'message/rfc822' ? `message-${index + 1}.eml` : `attachment-${index + 1}`;
}

function* chunksOf(message: Uint8Array): Generator<Buffer> {
  for (let start = 0; start < message.length; start += CHUNK_BYTES) {
    const length = Math.min(CHUNK_BYTES, message.length - start);
    yield Buffer.from(message.buffer, message.byteOffset + start, length);
  }
}

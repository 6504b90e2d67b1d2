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
  /** Of the parts that were to be kept, in order. */
  readonly kept: readonly KeptPart[];
  readonly isCut: boolean;
}

export interface KeptPart {
  readonly index: number;
  readonly contentType: string;
  readonly fileName: string;
  /** Its beginning, where it is longer than was to be kept. */
  readonly content: Buffer;
  readonly isWhole: boolean;
}

export interface WantedContent {
  /** Text is made from HTML where there is no other: dear, and only for reading. */
  readonly forReading?: boolean;
  /** The content of this part is handed out. */
  readonly wantedPart?: number;
  /** How many bytes are kept of a part; 0: none. */
  readonly keep?: (contentType: string, fileName: string) => number;
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
  readonly kept: KeptPart[];
  isCut: boolean;
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
    kept: [],
    isCut: false,
  };
  const parser = new MailParser({
    skipTextToHtml: true,
    skipHtmlToText: wanted.forReading !== true,
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
    else takeAttachment(found, data, wanted);
  });
  parser.on('error', () => resolve());
  parser.on('end', () => resolve());
  source.pipe(parser);
  await promise;
  clearTimeout(timer);
  source.destroy();
  parser.on('error', () => undefined);
  parser.destroy();
  return { ...found, parts: [...found.parts], kept: [...found.kept] };
}

function takeText(found: Findings, data: MessageText, limits: FormatLimits): void {
  const { text = '', html } = data;
  found.text = truncate(text, limits.textLength);
  found.html = html === undefined ? null : truncate(html, limits.htmlLength);
  found.isCut = text.length > limits.textLength || (html ?? '').length > limits.htmlLength;
}

function takeAttachment(
  found: Findings,
  attachment: AttachmentStream,
  wanted: WantedContent,
): void {
  const index = found.parts.length;
  const part = describePart(attachment, index);
  const isWanted = index === wanted.wantedPart;
  const most = isWanted ? Infinity : (wanted.keep?.(part.contentType, part.fileName) ?? 0);
  const chunks: Buffer[] = [];
  let size = 0;
  let isWhole = true;
  attachment.content.on('data', (chunk: Buffer) => {
    const room = most - size;
    size += chunk.length;
    if (chunk.length > room) isWhole = false;
    if (room > 0) chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
  });
  const finish = (): void => {
    found.parts.push({ ...part, size });
    const content = most === 0 ? null : Buffer.concat(chunks);
    if (isWanted) found.content = content;
    else if (content !== null) found.kept.push({ ...part, content, isWhole });
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

function typeOf(attachment: AttachmentStream): string {
  return oneLine(stringOf(attachment.contentType), 200).toLowerCase();
}

function describePart(attachment: AttachmentStream, index: number): Omit<AttachmentPart, 'size'> {
  const contentType = typeOf(attachment);
  return {
    index,
    fileName: fileNameOf(attachment, index, contentType),
    contentType: safeContentType(contentType),
    contentId: attachment.cid === undefined ? null : oneLine(stringOf(attachment.cid), 998),
    inline: attachment.related === true || attachment.contentDisposition === 'inline',
  };
}

/** The parser says `false` where a field has no value, whatever its types promise. */
function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Of parts that come without a name of their own, so that one can tell what they are. */
const NAMES: Readonly<Record<string, (at: number) => string>> = {
  'message/rfc822': (at) => `message-${at}.eml`,
  'message/delivery-status': () => 'delivery-report.txt',
  'text/rfc822-headers': () => 'header-of-the-original.txt',
  'text/calendar': () => 'invitation.ics',
  'application/pgp-signature': () => 'signature.asc',
  'application/pgp-encrypted': () => 'pgp-version.txt',
};
/** So that a phone knows what to open it with. */
const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': '.pdf',
  'image/gif': '.gif',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'text/html': '.html',
  'text/plain': '.txt',
};
/** A path of the sender's own disk, as old programs name a file; a slash within words is none. */
const PATH = /^(?:[a-z]:|\.{0,2})[/\\](?:.*[/\\])?/i;

/** No path, no control characters, no direction overrides; never empty. */
function fileNameOf(attachment: AttachmentStream, index: number, contentType: string): string {
  const named = safeFileName(stringOf(attachment.filename));
  if (named !== '') return named;
  return NAMES[contentType]?.(index + 1) ?? `attachment-${index + 1}${ENDINGS[contentType] ?? ''}`;
}

export function safeFileName(name: string): string {
  return oneLine(name, MAX_FILE_NAME)
    .replace(PATH, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/^\.+/, '');
}

export function safeContentType(contentType: string): string {
  return /^[\w.+-]+\/[\w.+-]+$/.test(contentType) ? contentType : 'application/octet-stream';
}

function* chunksOf(message: Uint8Array): Generator<Buffer> {
  for (let start = 0; start < message.length; start += CHUNK_BYTES) {
    const length = Math.min(CHUNK_BYTES, message.length - start);
    yield Buffer.from(message.buffer, message.byteOffset + start, length);
  }
}

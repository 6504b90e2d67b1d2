import type { AttachmentPart } from '@holdfast/application';
import {
  type AttachmentStream,
  type HeaderLines,
  type Headers,
  MailParser,
  type MessageText,
} from 'mailparser';
import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { decode } from 'libmime/lib/charset.js';
import type { FormatLimits } from './format-limits.ts';
import { MAX_CALENDAR } from './read-invitation.ts';
import { oneLine, truncate } from './shown-text.ts';

export interface ParsedMessage {
  readonly headers: Headers;
  readonly headerLines: HeaderLines;
  readonly text: string;
  readonly html: string | null;
  readonly parts: readonly AttachmentPart[];
  /** Content of the wanted part, null when there is no such part. */
  readonly content: Buffer | null;
  /** The first calendar part, decoded; null without one, and when it was not asked for. */
  readonly calendar: string | null;
  readonly isCut: boolean;
}

export interface WantedContent {
  /** Text is made from HTML where there is no other, and the calendar kept: dear, and only for reading. */
  readonly forReading?: boolean;
  /** The content of this part is handed out. */
  readonly wantedPart?: number;
}

/** Bytes handed to the parser at once, so that the time limit is looked at in between. */
const CHUNK_BYTES = 64 * 1024;
const MAX_FILE_NAME = 255;
const CALENDAR: ReadonlySet<string> = new Set(['text/calendar', 'application/ics']);

interface Findings {
  headers: Headers;
  headerLines: HeaderLines;
  text: string;
  html: string | null;
  readonly parts: AttachmentPart[];
  content: Buffer | null;
  calendar: string | null;
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
    calendar: null,
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
  return { ...found, parts: [...found.parts] };
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
  const isWanted = index === wanted.wantedPart;
  const isCalendar =
    wanted.forReading === true && found.calendar === null && CALENDAR.has(typeOf(attachment));
  const chunks: Buffer[] = [];
  let size = 0;
  attachment.content.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (isWanted || (isCalendar && size <= MAX_CALENDAR)) chunks.push(chunk);
  });
  const finish = (): void => {
    found.parts.push(describePart(attachment, index, size));
    if (isWanted) found.content = Buffer.concat(chunks);
    if (isCalendar && size <= MAX_CALENDAR) found.calendar ??= calendarText(Buffer.concat(chunks));
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

/** UTF-8 by RFC 5545 §3.1.4; what is not was written by old programs of Western Europe. */
function calendarText(content: Buffer): string {
  return isUtf8(content) ? content.toString('utf8') : decode(content, 'windows-1252');
}

function typeOf(attachment: AttachmentStream): string {
  return oneLine(stringOf(attachment.contentType), 200).toLowerCase();
}

function describePart(attachment: AttachmentStream, index: number, size: number): AttachmentPart {
  const contentType = typeOf(attachment);
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

/** Of parts that come without a name of their own, so that one can tell what they are. */
const NAMES: Readonly<Record<string, (at: number) => string>> = {
  'message/rfc822': (at) => `message-${at}.eml`,
  'message/delivery-status': () => 'delivery-report.txt',
  'text/rfc822-headers': () => 'header-of-the-original.txt',
  'text/calendar': () => 'invitation.ics',
  'application/pgp-signature': () => 'signature.asc',
};

/** No path, no control characters, no direction overrides; never empty. */
function fileNameOf(attachment: AttachmentStream, index: number, contentType: string): string {
  const named = oneLine(stringOf(attachment.filename), MAX_FILE_NAME)
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/^\.+/, '');
  if (named !== '') return named;
  return NAMES[contentType]?.(index + 1) ?? `attachment-${index + 1}`;
}

function* chunksOf(message: Uint8Array): Generator<Buffer> {
  for (let start = 0; start < message.length; start += CHUNK_BYTES) {
    const length = Math.min(CHUNK_BYTES, message.length - start);
    yield Buffer.from(message.buffer, message.byteOffset + start, length);
  }
}

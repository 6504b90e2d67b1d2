import { decode } from 'libmime/lib/charset.js';
import { deEncapsulateSync } from 'rtf-stream-parser';
import { htmlText } from '../html-text.ts';
import { decompressRtf } from './compressed-rtf.ts';
import {
  MAPI_OBJECT,
  MAPI_UNICODE,
  readMapiProperties,
  type MapiProperties,
} from './mapi-properties.ts';
import { readTnefAttributes, type TnefAttribute } from './tnef-attributes.ts';

export interface TnefMessage {
  readonly text: string;
  readonly html: string | null;
  /** The body in Outlook's own way, where it is in no other. */
  readonly rtf: Buffer | null;
  readonly attachments: readonly TnefFile[];
}

export interface TnefFile {
  /** As its sender named it. */
  readonly fileName: string;
  /** Empty when none was given. */
  readonly contentType: string;
  readonly contentId: string | null;
  readonly content: Buffer;
}

/** A message within an attachment within a message … */
const MAX_DEPTH = 3;
const MAX_FILES = 200;
/** Of RTF, decompressed. Unit: bytes. */
const MAX_RTF = 2 * 1024 * 1024;
const MAX_TEXT = 2 * 1024 * 1024;
/** In front of a message as an object: which interface it has. Unit: bytes. */
const INTERFACE_ID = 16;
/** Attributes (MS-OXTNEF §2.1.3.2). */
const BODY = 0x800c;
const MESSAGE_PROPERTIES = 0x9003;
const NEXT_ATTACHMENT = 0x9002;
const ATTACHMENT_TITLE = 0x8010;
const ATTACHMENT_DATA = 0x800f;
const ATTACHMENT_PROPERTIES = 0x9005;
const CODE_PAGE = 0x9007;
/** Properties (MS-OXPROPS). */
const P = {
  subject: 0x0037,
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  displayName: 0x3001,
  data: 0x3701,
  shortName: 0x3704,
  longName: 0x3707,
  mimeType: 0x370e,
  contentId: 0x3712,
  internetCodePage: 0x3fde,
} as const;
const CHARSETS: Readonly<Record<number, string>> = {
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  20127: 'windows-1252',
  28591: 'windows-1252',
  28592: 'iso-8859-2',
  50220: 'iso-2022-jp',
  51932: 'euc-jp',
  54936: 'gb18030',
  65001: 'utf-8',
};

/** What `winmail.dat` holds (MS-OXTNEF): null when it is none. Bounded in depth, number and size; never throws. */
export function readTnef(bytes: Buffer): TnefMessage | null {
  return readLevel(bytes, 0)?.message ?? null;
}

interface Level {
  readonly message: TnefMessage;
  readonly subject: string;
}

/** What stands before the first attachment, and each attachment's own. */
function readLevel(bytes: Buffer, depth: number): Level | null {
  const attributes = readTnefAttributes(bytes);
  if (attributes === null) return null;
  const groups: TnefAttribute[][] = [[]];
  for (const attribute of attributes) {
    if (attribute.id === NEXT_ATTACHMENT) groups.push([]);
    groups.at(-1)?.push(attribute);
  }
  const [own = [], ...attached] = groups;
  const codePage = find(own, CODE_PAGE);
  const charset = charsetOf(
    codePage !== null && codePage.length >= 4 ? codePage.readUInt32LE(0) : 0,
  );
  const properties = readMapiProperties(find(own, MESSAGE_PROPERTIES) ?? Buffer.alloc(0));
  const rtf = rtfOf(properties);
  const body = bodyOf(properties, own, charset, rtf);
  const files = attached.slice(0, MAX_FILES).flatMap((group) => filesOf(group, charset, depth));
  const isElsewhere = body.html !== null || body.text.trim() !== '';
  return {
    message: { ...body, rtf: isElsewhere ? null : rtf, attachments: files.slice(0, MAX_FILES) },
    subject: textOf(properties, P.subject, charset),
  };
}

function bodyOf(
  properties: MapiProperties,
  own: readonly TnefAttribute[],
  charset: string,
  rtf: Buffer | null,
): Pick<TnefMessage, 'text' | 'html'> {
  const page = properties.get(P.internetCodePage)?.bytes;
  const written =
    page !== undefined && page.length >= 4 ? charsetOf(page.readUInt32LE(0)) : charset;
  const html = textOf(properties, P.html, written);
  const plain = textOf(properties, P.body, charset) || decoded(find(own, BODY), charset);
  if (html !== '') return { text: plain, html };
  const within = rtf === null ? null : encapsulated(rtf);
  return { text: plain || (within?.text ?? ''), html: within?.html ?? null };
}

function rtfOf(properties: MapiProperties): Buffer | null {
  const compressed = properties.get(P.rtf)?.bytes;
  return compressed === undefined ? null : decompressRtf(compressed, MAX_RTF);
}

/** HTML or text that Outlook has put into RTF (MS-OXRTFEX); null for real RTF. */
function encapsulated(rtf: Buffer): Pick<TnefMessage, 'text' | 'html'> | null {
  try {
    const { mode, text } = deEncapsulateSync(rtf, {
      decode: (bytes, encoding) => decode(bytes, encoding),
      outputMode: 'buffer-utf8',
      mode: 'either',
    });
    const said = String(text).slice(0, MAX_TEXT);
    return mode === 'html' ? { text: '', html: said } : { text: said, html: null };
  } catch {
    return null;
  }
}

function filesOf(
  group: readonly TnefAttribute[],
  charset: string,
  depth: number,
): readonly TnefFile[] {
  const properties = readMapiProperties(find(group, ATTACHMENT_PROPERTIES) ?? Buffer.alloc(0));
  const fileName =
    textOf(properties, P.longName, charset) ||
    textOf(properties, P.shortName, charset) ||
    decoded(find(group, ATTACHMENT_TITLE), charset) ||
    textOf(properties, P.displayName, charset);
  const data = properties.get(P.data);
  if (data?.type === MAPI_OBJECT) return embedded(data.bytes, fileName, depth);
  const content = find(group, ATTACHMENT_DATA) ?? data?.bytes;
  if (content === undefined) return [];
  const contentId = textOf(properties, P.contentId, charset).replace(/^<|>$/g, '');
  return [
    {
      fileName,
      contentType: textOf(properties, P.mimeType, charset).toLowerCase(),
      contentId: contentId === '' ? null : contentId,
      content,
    },
  ];
}

/** An attached message: its words as a text, and its attachments beside the others. */
function embedded(bytes: Buffer, fileName: string, depth: number): readonly TnefFile[] {
  if (depth + 1 >= MAX_DEPTH || bytes.length < INTERFACE_ID) return [];
  const inner = readLevel(bytes.subarray(INTERFACE_ID), depth + 1);
  if (inner === null) return [{ fileName, contentType: '', contentId: null, content: bytes }];
  const { text, html, attachments } = inner.message;
  const words = text.trim() === '' && html !== null ? htmlText(html, MAX_TEXT) : text;
  const name = (inner.subject || fileName || 'message').slice(0, 200);
  return [
    {
      fileName: `${name}.txt`,
      contentType: 'text/plain',
      contentId: null,
      content: Buffer.from(words),
    },
    ...attachments,
  ];
}

function find(group: readonly TnefAttribute[], wanted: number): Buffer | null {
  return group.find(({ id }) => id === wanted)?.data ?? null;
}

function textOf(properties: MapiProperties, id: number, charset: string): string {
  const value = properties.get(id);
  if (value === undefined) return '';
  return value.type === MAPI_UNICODE
    ? trimmed(value.bytes.toString('utf16le'))
    : decoded(value.bytes, charset);
}

function decoded(bytes: Buffer | null, charset: string): string {
  return bytes === null ? '' : trimmed(decode(bytes, charset));
}

/** Up to the NUL that ends it, in characters that text can hold. */
function trimmed(text: string): string {
  const end = text.indexOf('\0');
  return (end === -1 ? text : text.slice(0, end)).slice(0, MAX_TEXT).toWellFormed();
}

function charsetOf(codePage: number): string {
  if (codePage >= 1250 && codePage <= 1258) return `windows-${codePage}`;
  return CHARSETS[codePage] ?? 'windows-1252';
}

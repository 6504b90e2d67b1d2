import libmime from 'libmime';
import { containerKind } from './container-parts.ts';
import { type HeaderBlock, readHeaderBlock } from './header-block.ts';

/** Multiparts within multiparts; ordinary mail has three. Deeper ones are left to the full parser. */
const MAX_DEPTH = 8;
const MAX_PARTS = 100;
const MULTIPART = /^multipart\/[a-z0-9.+-]+$/;
const CONTENT_TYPE = /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/;
/** RFC 2046 §5.1.1. */
const BOUNDARY = /^[\w'()+,./:=? -]{1,70}$/;
const PLAIN_ENCODINGS: ReadonlySet<string> = new Set(['', '7bit', '8bit', 'binary']);
const ENCODINGS: ReadonlySet<string> = new Set([...PLAIN_ENCODINGS, 'quoted-printable', 'base64']);
const DASH = 0x2d;

/** A part that holds content: text that is shown, or an attachment. */
export interface MimeLeaf {
  readonly contentType: string;
  readonly encoding: string;
  readonly charset: string | null;
  readonly flowed: boolean;
  readonly deleteSpace: boolean;
  /** Shown as the text of the message. */
  readonly isText: boolean;
  /** Within a multipart/alternative. */
  readonly alternative: boolean;
  /** It is the message itself, not a part of it. */
  readonly root: boolean;
  /** Belongs to the text: a picture in the HTML. */
  readonly inline: boolean;
  readonly fileName: string | null;
  readonly start: number;
  readonly end: number;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly alternative: boolean;
  readonly related: boolean;
  readonly boundaries: readonly string[];
}

/**
 * The leaves of an ordinary message in one linear pass, with the positions of their content. Null for everything that
 * parsers read in different ways: unclosed multiparts, boundaries that begin with one another, unknown encodings.
 */
export function readMimeLeaves(message: Buffer, header: HeaderBlock): readonly MimeLeaf[] | null {
  const leaves: MimeLeaf[] = [];

  function readPart(block: HeaderBlock, place: Place): boolean {
    const type = contentTypeOf(block);
    if (type === null || leaves.length >= MAX_PARTS) return false;
    if (!type.value.startsWith('multipart/')) {
      const leaf = leafOf(block, type, place);
      if (leaf !== null) leaves.push(leaf);
      return leaf !== null;
    }
    if (!MULTIPART.test(type.value) || !PLAIN_ENCODINGS.has(encodingOf(block))) return false;
    const boundary = (type.params['boundary'] ?? '').trimEnd();
    const clash = place.boundaries.some(
      (other) => other.startsWith(boundary) || boundary.startsWith(other),
    );
    if (!BOUNDARY.test(boundary) || clash || place.depth >= MAX_DEPTH) return false;
    const ranges = splitParts(message, boundary, place);
    return (
      ranges !== null &&
      ranges.every(([start, end]) => {
        const inner = readHeaderBlock(message, start, end);
        return (
          inner !== null &&
          readPart(inner, {
            start: inner.bodyStart,
            end,
            depth: place.depth + 1,
            alternative: place.alternative || type.value === 'multipart/alternative',
            related: place.related || type.value === 'multipart/related',
            boundaries: [...place.boundaries, boundary],
          })
        );
      })
    );
  }

  const whole = { start: header.bodyStart, end: message.length, depth: 0, boundaries: [] };
  return readPart(header, { ...whole, alternative: false, related: false }) ? leaves : null;
}

interface ContentType {
  readonly value: string;
  readonly params: Readonly<Record<string, string | undefined>>;
}

function contentTypeOf(block: HeaderBlock): ContentType | null {
  const values = block.values('content-type');
  const [value] = values;
  if (value === undefined) {
    // The full parser guesses from the file name then.
    return block.values('content-disposition').length > 0
      ? null
      : { value: 'text/plain', params: {} };
  }
  if (values.length > 1) return null;
  const { value: type, params } = libmime.parseHeaderValue(value, { stripComments: true });
  const lower = type.toLowerCase().trim();
  return CONTENT_TYPE.test(lower) ? { value: lower, params } : null;
}

function encodingOf(block: HeaderBlock): string {
  return (block.values('content-transfer-encoding')[0] ?? '').toLowerCase();
}

function leafOf(block: HeaderBlock, type: ContentType, place: Place): MimeLeaf | null {
  const encoding = encodingOf(block);
  const [dispositionValue] = block.values('content-disposition');
  const disposition =
    dispositionValue === undefined
      ? null
      : libmime.parseHeaderValue(dispositionValue, { stripComments: true });
  const kind = disposition === null ? null : disposition.value.toLowerCase().trim();
  const known = kind === null || kind === 'inline' || kind === 'attachment';
  // The full parser splits even a text by the boundary that it names.
  const isWhole = type.params['boundary'] === undefined;
  if (!ENCODINGS.has(encoding) || !known || !isWhole) return null;
  const fileName = disposition?.params['filename'] ?? type.params['name'] ?? null;
  if (containerKind({ contentType: type.value, fileName: fileName ?? '' }) !== null) return null;
  const isText =
    (type.value === 'text/plain' || type.value === 'text/html') && kind !== 'attachment';
  return {
    contentType: type.value,
    encoding,
    charset: type.params['charset'] ?? null,
    flowed: type.value === 'text/plain' && isParam(type, 'format', 'flowed'),
    deleteSpace: isParam(type, 'delsp', 'yes'),
    isText,
    alternative: place.alternative,
    root: place.depth === 0,
    inline: kind === 'inline' || (place.related && block.values('content-id').some(Boolean)),
    fileName,
    start: place.start,
    end: place.end,
  };
}

function isParam(type: ContentType, name: string, value: string): boolean {
  return type.params[name]?.toLowerCase().trim() === value;
}

/** Where each part lies, without the line end that belongs to the delimiter after it; null without a closing one. */
function splitParts(
  message: Buffer,
  boundary: string,
  place: Place,
): readonly (readonly [number, number])[] | null {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: (readonly [number, number])[] = [];
  let partStart: number | null = null;
  let at = message.indexOf(delimiter, place.start);
  while (at !== -1 && at < place.end) {
    const after = at + delimiter.length;
    const starts = lineStarts(message, at, place.start);
    if (starts === null) return null;
    const line = starts ? delimiterLine(message, after) : null;
    if (line === 'disputed') return null;
    if (line !== null) {
      if (partStart !== null) parts.push([partStart, Math.max(partStart, at - 2)]);
      if (line.closes) return partStart === null ? null : parts;
      if (parts.length >= MAX_PARTS) return null;
      partStart = line.end;
    }
    at = message.indexOf(delimiter, after);
  }
  return null;
}

/** Null for a line that begins after half of a CRLF: some parsers count it, some do not. */
function lineStarts(message: Buffer, at: number, start: number): boolean | null {
  if (at === start) return true;
  if (message[at - 1] === 0x0d) return null;
  if (message[at - 1] !== 0x0a) return false;
  return message[at - 2] === 0x0d ? true : null;
}

/** What follows a boundary on its line: nothing, or the dashes that close; white space may follow (RFC 2046 §5.1.1). */
function delimiterLine(
  message: Buffer,
  after: number,
): { readonly closes: boolean; readonly end: number } | 'disputed' | null {
  const closes = message[after] === DASH && message[after + 1] === DASH;
  let at = closes ? after + 2 : after;
  while (message[at] === 0x20 || message[at] === 0x09) at += 1;
  if (at >= message.length) return closes ? { closes, end: at } : null;
  if (message[at] !== 0x0d && message[at] !== 0x0a) return null;
  // Some parsers take a line end that is not CRLF here, some do not.
  return message[at] === 0x0d && message[at + 1] === 0x0a ? { closes, end: at + 2 } : 'disputed';
}

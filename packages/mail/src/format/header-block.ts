import libmime from 'libmime';
import { parseAddressHeader, type EmailAddress } from 'mailparser';

/** Bytes; an honest header is a few KiB. A larger one is left to the full parser. */
const MAX_BLOCK_BYTES = 64 * 1024;
/**
 * NUL, line ends that are not CRLF, and a byte that is a space in Latin 1 and nothing in UTF-8 at either end of a value:
 * parsers disagree about what they mean.
 */
// oxlint-disable-next-line no-control-regex
const DISPUTED = /\0|\r[^\n]|[^\r]\n|:[ \t]*\xa0|[\x00-\x7f]\xa0[ \t]*(?:\r\n|$)/;
// oxlint-disable-next-line no-control-regex
const NOT_ASCII = /[^\x00-\x7f]/;
const COLON = 0x3a;

/** The header of a message or of a part, of which every line is plainly a field or goes on with one. */
export interface HeaderBlock {
  /** Offset of the first byte after the empty line. */
  readonly bodyStart: number;
  /** Values of every field of this lower-case name, in order: unfolded, not decoded. */
  values(name: string): readonly string[];
}

/** Null when the block is not what RFC 5322 §2.2 describes: then only the full parser's guess counts. */
export function readHeaderBlock(message: Buffer, start: number, end: number): HeaderBlock | null {
  if (start + 2 <= end && message[start] === 0x0d && message[start + 1] === 0x0a) {
    return { bodyStart: start + 2, values: () => [] };
  }
  const last = message.subarray(start, Math.min(end, start + MAX_BLOCK_BYTES)).indexOf('\r\n\r\n');
  if (last === -1) return null;
  const text = message.toString('latin1', start, start + last);
  if (DISPUTED.test(text)) return null;
  const fields = new Map<string, string[]>();
  let latest: string[] | null = null;
  for (const line of text.split('\r\n')) {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (latest === null) return null;
      latest.push(`${latest.pop() ?? ''} ${line.replace(/^[ \t]+/, '')}`);
      continue;
    }
    const colon = colonOf(line);
    if (colon === -1) return null;
    const name = line.slice(0, colon).toLowerCase();
    latest = fields.get(name) ?? [];
    latest.push(line.slice(colon + 1));
    fields.set(name, latest);
  }
  return {
    bodyStart: start + last + 4,
    values: (name) => (fields.get(name) ?? []).map((value) => asText(value)),
  };
}

/** Position of the colon after a field name: printable ASCII without white space. */
function colonOf(line: string): number {
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === COLON) return at === 0 ? -1 : at;
    if (code <= 0x20 || code >= 0x7f) return -1;
  }
  return -1;
}

/** Raw 8-bit headers are UTF-8 (RFC 6532). */
function asText(latin1: string): string {
  const value = NOT_ASCII.test(latin1) ? Buffer.from(latin1, 'latin1').toString('utf8') : latin1;
  return value.trim();
}

/** RFC 2047. */
export function decodeWords(value: string): string {
  return value.includes('=?') ? libmime.decodeWords(value) : value;
}

/** In the shape that the full parser gives, so that both are read by the same code. */
export function summaryHeaders(block: HeaderBlock): ReadonlyMap<string, unknown> {
  const headers = new Map<string, unknown>();
  for (const name of ['message-id', 'in-reply-to']) {
    const [first] = block.values(name).map(decodeWords).filter(isThere);
    if (first !== undefined) headers.set(name, inBrackets(first));
  }
  headers.set(
    'references',
    block
      .values('references')
      .flatMap((value) => decodeWords(value).split(/\s+/))
      .filter(isThere)
      .map(inBrackets),
  );
  const [subject] = block.values('subject').map(decodeWords).filter(isThere);
  if (subject !== undefined) headers.set('subject', subject);
  const [from] = block.values('from');
  if (from !== undefined) headers.set('from', { value: addressesOf(from) });
  for (const name of ['to', 'cc']) {
    headers.set(
      name,
      block.values(name).map((value) => ({ value: addressesOf(value) })),
    );
  }
  return headers;
}

/** Most mail is to and from the same few: reading addresses is a quarter of an ordinary summary. */
const known = new Map<string, readonly EmailAddress[]>();
const MOST_KNOWN = 5000;
/** Characters; longer lists do not come twice. */
const LONGEST_KNOWN = 200;

function addressesOf(value: string): readonly EmailAddress[] {
  const remembered = known.get(value);
  if (remembered !== undefined) return remembered;
  const addresses = parseAddressHeader(value).value;
  if (value.length <= LONGEST_KNOWN) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(value, addresses);
  }
  return addresses;
}

function isThere(value: string): boolean {
  return value !== '';
}

function inBrackets(id: string): string {
  return `${id.startsWith('<') ? '' : '<'}${id}${id.endsWith('>') ? '' : '>'}`;
}

import type { SignatureFinding } from '@holdfast/application';
import libmime from 'libmime';
import { readHeaderBlock } from './header-block.ts';
import type { KeptPart } from './parse-message.ts';
import { checkDetached } from './signed-content.ts';

const SIGNATURE = /^application\/(?:x-)?pkcs7-signature$/;
/** Bytes; a signature with the certificates of its issuers has 10 kB. */
const MAX_SIGNATURE = 256 * 1024;
/** One more than there may be. */
const MAX_DELIMITERS = 4;

export function signatureBytes(contentType: string): number {
  return SIGNATURE.test(contentType) ? MAX_SIGNATURE : 0;
}

/**
 * Who signed a message that is a `multipart/signed` of S/MIME as a whole, and whether that fits its bytes as they came.
 * Null for every other, and where something was put around or between: then nobody can say what was signed.
 */
export async function detachedSigner(
  message: Uint8Array,
  kept: readonly KeptPart[],
): Promise<SignatureFinding | null> {
  // The last: what is signed may hold a signed message of its own.
  const signature = kept.findLast(
    ({ contentType, isWhole }) => SIGNATURE.test(contentType) && isWhole,
  );
  if (signature === undefined) return null;
  const entity = signedEntity(message);
  return entity === null ? null : checkDetached(signature.content, entity);
}

/**
 * The first part with its header, byte for byte, without the line end before the delimiter (RFC 1847 §2.1). Null unless
 * there are two, the second one the signature, and every reader sees the same two: what one takes for a part and another for
 * the text before the first would let somebody show words of their own under a true signature.
 */
function signedEntity(message: Uint8Array): Buffer | null {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const header = readHeaderBlock(bytes, 0, bytes.length);
  const boundary = header === null ? null : boundaryOf(header.values('content-type'));
  if (header === null || boundary === null) return null;
  const lines = delimiters(bytes, header.bodyStart, `--${boundary}`);
  const [first, second, end, ...others] = lines;
  if (first === undefined || second === undefined || end === undefined || others.length > 0)
    return null;
  if (first.rest !== '' || second.rest !== '' || end.rest !== '--') return null;
  const [type = ''] = readHeaderBlock(bytes, second.next, end.at)?.values('content-type') ?? [];
  const start = first.next;
  // The line end before the delimiter is its own.
  const close = second.at - 2;
  if (!SIGNATURE.test(typeNamed(type)) || close < start) return null;
  return bytes.subarray(close, second.at).equals(LINE_END) ? bytes.subarray(start, close) : null;
}

const LINE_END = Buffer.from('\r\n');

/** Null where there are several types, and where comments or encodings make it a matter of who reads it. */
function boundaryOf([type, ...others]: readonly string[]): string | null {
  if (type === undefined || others.length > 0 || typeNamed(type) !== 'multipart/signed')
    return null;
  const { params } = libmime.parseHeaderValue(type, { stripComments: true });
  const boundary = params['boundary'] ?? '';
  const isPlain = type.toLowerCase().split('boundary').length === 2 && !/[\\*(]/.test(type);
  return isPlain && /^[\w'+,./:=?-]{1,70}$/.test(boundary) ? boundary : null;
}

function typeNamed(field: string): string {
  return libmime.parseHeaderValue(field, { stripComments: true }).value.toLowerCase().trim();
}

interface Delimiter {
  /** Offset of its line, and of the one after it. */
  readonly at: number;
  readonly next: number;
  /** What follows on its line, without white space at its end. */
  readonly rest: string;
}

/** Every line that begins like one, to tell more of them than there may be. */
function delimiters(bytes: Buffer, from: number, beginning: string): readonly Delimiter[] {
  const found: Delimiter[] = [];
  let at = bytes.indexOf(beginning, from, 'latin1');
  while (at !== -1 && found.length < MAX_DELIMITERS) {
    const lineEnd = bytes.indexOf('\n', at, 'latin1');
    const next = lineEnd === -1 ? bytes.length : lineEnd + 1;
    if (at === from || bytes[at - 1] === 0x0a) {
      const rest = bytes.toString('latin1', at + beginning.length, next).trimEnd();
      found.push({ at, next, rest });
    }
    at = bytes.indexOf(beginning, next, 'latin1');
  }
  return found;
}

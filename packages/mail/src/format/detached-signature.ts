import type { SignatureFinding } from '@holdfast/application';
import libmime from 'libmime';
import { readHeaderBlock } from './header-block.ts';
import type { KeptPart } from './parse-message.ts';
import { checkDetached } from './signed-content.ts';

const SIGNATURE = /^application\/(?:x-)?pkcs7-signature$/;
/** Bytes; a signature with the certificates of its issuers has 10 kB. */
const MAX_SIGNATURE = 256 * 1024;

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
  const signature = kept.find(({ contentType, isWhole }) => SIGNATURE.test(contentType) && isWhole);
  if (signature === undefined) return null;
  const entity = signedEntity(message);
  return entity === null ? null : checkDetached(signature.content, entity);
}

/** The first part with its header, byte for byte, without the line end before the delimiter (RFC 1847 §2.1). */
function signedEntity(message: Uint8Array): Buffer | null {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const header = readHeaderBlock(bytes, 0, bytes.length);
  const [type] = header?.values('content-type') ?? [];
  if (header === null || type === undefined) return null;
  const { value, params } = libmime.parseHeaderValue(type, { stripComments: true });
  const boundary = params['boundary'];
  if (value.toLowerCase().trim() !== 'multipart/signed' || boundary === undefined) return null;
  const first = bytes.indexOf(`--${boundary}`, header.bodyStart, 'latin1');
  const start = first === -1 ? -1 : bytes.indexOf('\r\n', first, 'latin1');
  const end = start === -1 ? -1 : bytes.indexOf(`\r\n--${boundary}`, start, 'latin1');
  return end === -1 || start + 2 > end ? null : bytes.subarray(start + 2, end);
}

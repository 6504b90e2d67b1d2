import libmime from 'libmime';
import { decode } from 'libmime/lib/charset.js';
import type { MimeLeaf } from './mime-parts.ts';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const UTF8_NAMES: ReadonlySet<string> = new Set(['ascii', 'usascii', 'utf8']);
/** `=` that neither names a byte nor ends a line: the full parser decides what it is. */
const BROKEN_QUOTED = /=(?![0-9A-Fa-f]{2}|\r\n)/;

/**
 * The text of a leaf, from at most `maxBytes` of its encoded content; null when it is encoded in a way that is not
 * plain. What is cut off is cut off at a line's end where there is one.
 */
export function leafText(message: Buffer, leaf: MimeLeaf, maxBytes: number): string | null {
  const bytes = decodedBytes(message, leaf, maxBytes);
  if (bytes === null) return null;
  const charset = leaf.charset ?? 'utf-8';
  const unflowed = leaf.flowed
    ? Buffer.from(libmime.decodeFlowed(bytes.toString('latin1'), leaf.deleteSpace), 'latin1')
    : bytes;
  const plain = UTF8_NAMES.has(charset.toLowerCase().replace(/[^a-z0-9]+/g, ''));
  // Some decoders give half of a surrogate pair, which no text holds.
  const text = plain ? unflowed.toString('utf8') : decode(unflowed, charset).toWellFormed();
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

function decodedBytes(message: Buffer, leaf: MimeLeaf, maxBytes: number): Buffer | null {
  const end = cutAtLine(message, leaf, maxBytes);
  switch (leaf.encoding) {
    case 'quoted-printable':
      return decodeQuoted(message.toString('latin1', leaf.start, end));
    case 'base64': {
      const characters = message.toString('latin1', leaf.start, end).replace(/\s+/g, '');
      return BASE64.test(characters) ? Buffer.from(characters, 'base64') : null;
    }
    default:
      return message.subarray(leaf.start, end);
  }
}

function cutAtLine(message: Buffer, leaf: MimeLeaf, maxBytes: number): number {
  if (leaf.end - leaf.start <= maxBytes) return leaf.end;
  const limit = leaf.start + maxBytes;
  const line = message.lastIndexOf('\r\n', limit);
  return line > leaf.start ? line : limit;
}

function decodeQuoted(text: string): Buffer | null {
  if (BROKEN_QUOTED.test(text)) return null;
  return Buffer.from(
    text
      .replaceAll('=\r\n', '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_whole, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    'latin1',
  );
}

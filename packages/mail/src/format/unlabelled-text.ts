import { isUtf8 } from 'node:buffer';
import { decode } from 'libmime/lib/charset.js';
import { readHeaderBlock } from './header-block.ts';
import { type MimeLeaf, readMimeLeaves } from './mime-parts.ts';

const UNENCODED: ReadonlySet<string> = new Set(['', '7bit', '8bit', 'binary']);
const ASCII = /^(?:us-?)?ascii$/i;

/**
 * The message with text in UTF-8 where it has bytes above 127 and nobody says what they are: printers and scripts write
 * in the charset of Western Europe. Where most of such bytes are UTF-8 already, that is what they are.
 */
export function withReadableText(message: Uint8Array): Uint8Array {
  if (isUtf8(message)) return message;
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const header = readHeaderBlock(bytes, 0, bytes.length);
  const leaves = header === null ? null : readMimeLeaves(bytes, header);
  const pieces: Buffer[] = [];
  let done = 0;
  for (const leaf of leaves ?? []) {
    const text = isUnlabelled(leaf) ? westernText(bytes.subarray(leaf.start, leaf.end)) : null;
    if (text === null) continue;
    pieces.push(bytes.subarray(done, leaf.start), Buffer.from(text));
    done = leaf.end;
  }
  return done === 0 ? message : Buffer.concat([...pieces, bytes.subarray(done)]);
}

function isUnlabelled({ isText, encoding, charset }: MimeLeaf): boolean {
  return isText && UNENCODED.has(encoding) && (charset === null || ASCII.test(charset));
}

function westernText(content: Buffer): string | null {
  if (isUtf8(content)) return null;
  const asUtf8 = content.toString('utf8');
  const broken = asUtf8.split('\ufffd').length - 1;
  const whole = asUtf8.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
  return whole > broken ? null : decode(content, 'windows-1252');
}

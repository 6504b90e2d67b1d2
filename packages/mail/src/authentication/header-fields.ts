import { createHeaderBlock } from './header-block.ts';

/** The fields that sender authentication looks at, in order, folded as they stand, one character for each byte. */
export interface KnownFields {
  readonly from: readonly string[];
  readonly signatures: readonly string[];
}

/** White space and even a fold may stand before the colon (RFC 5322 §4.5.8): a reader would still see the field. */
const NAME = /^(from|dkim-signature)(?:\r\n(?=[ \t])|[ \t])*:/gim;

export function knownFields(header: string): KnownFields {
  const from: string[] = [];
  const signatures: string[] = [];
  for (const match of header.trimStart().matchAll(NAME)) {
    const start = match.index + match[0].length;
    const value = match.input.slice(start, endOfField(match.input, start));
    (match[1]?.length === 4 ? from : signatures).push(value);
  }
  return { from, signatures };
}

/** The next line end that no white space follows. */
function endOfField(header: string, start: number): number {
  for (let end = header.indexOf('\r\n', start); end !== -1; end = header.indexOf('\r\n', end + 2)) {
    const next = header.charCodeAt(end + 2);
    if (next !== 0x20 && next !== 0x09) return end;
  }
  return header.length;
}

export function unfolded(value: string): string {
  return value.replace(/\r\n(?=[ \t])/g, '').trim();
}

export interface HeaderField {
  /** Lower-case. */
  readonly name: string;
  /** Unfolded, as it stands, not decoded. */
  readonly value: string;
}

/** Header fields in order, up to the first empty line. */
export function headerFields(message: Uint8Array): readonly HeaderField[] {
  const block = createHeaderBlock();
  block.take(message);
  return Buffer.from(block.text(), 'latin1')
    .toString('utf8')
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
    .map((line) => {
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
      return { name, value: line.slice(colon + 1).trim() };
    })
    .filter((field) => field.name !== '');
}

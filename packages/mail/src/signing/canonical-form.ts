/** `relaxed` body canonicalisation (RFC 6376 §3.4.4). Lines end with CRLF already. */
export function relaxedBody(body: string): string {
  const lines = body.replace(/[ \t]+/g, ' ').replaceAll(' \r\n', '\r\n');
  const text = lines.endsWith(' ') ? lines.slice(0, -1) : lines;
  let end = text.length;
  while (text.startsWith('\r\n', end - 2)) end -= 2;
  return end === 0 ? '' : `${text.slice(0, end)}\r\n`;
}

/** `relaxed` header canonicalisation (RFC 6376 §3.4.2), without the CRLF that ends it. */
export function relaxedField(field: string): string {
  const colon = field.indexOf(':');
  const name = field.slice(0, colon).trim().toLowerCase();
  const value = field
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${name}:${value}`;
}

export interface SplitMessage {
  /** Header fields in order, folded as they are, each without its final CRLF. */
  readonly fields: readonly { readonly name: string; readonly text: string }[];
  readonly body: string;
}

/** Octets become characters one to one (latin1), so that nothing is decoded and nothing changes. */
export function splitMessage(message: Uint8Array): SplitMessage {
  const text = Buffer.from(message.buffer, message.byteOffset, message.byteLength).toString(
    'latin1',
  );
  const end = text.indexOf('\r\n\r\n');
  const header = end === -1 ? text : text.slice(0, end);
  const fields = header
    .split(/\r\n(?![ \t])/)
    .filter((line) => line.includes(':'))
    .map((line) => ({ name: line.slice(0, line.indexOf(':')).trim().toLowerCase(), text: line }));
  return { fields, body: end === -1 ? '' : text.slice(end + 4) };
}

export interface HeaderField {
  readonly name: string;
  /** As it stands in the message, folded, without its final CRLF. */
  readonly text: string;
}

/** Octets as characters, one to one: nothing is decoded before it is hashed. */
export function splitHeader(raw: Buffer): {
  readonly fields: readonly HeaderField[];
  readonly body: string;
} {
  const text = raw.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  const fields = head.split(/\r\n(?=[^ \t])/).map((line) => ({
    name: (line.split(':', 1)[0] ?? '').trim().toLowerCase(),
    text: line,
  }));
  return { fields, body: end < 0 ? '' : text.slice(end + 4) };
}

/** `a=1; b=2`, white space in values left out. */
export function tagList(text: string): Map<string, string> {
  return new Map(
    text
      .split(';')
      .map((part) => part.split(/=(.*)/s))
      .filter((pair) => pair.length > 1)
      .map(([name = '', value = '']) => [name.trim(), value.replaceAll(/\s/g, '')]),
  );
}

/** Characters; RFC 5322 §2.1.1 advises 78 and forbids more than 998. */
const PREFERRED_LINE = 76;
const LONGEST_WORD = 900;
const LONGEST_VALUE = 8000;

/**
 * Folds the value of a header field at white space. Everything that came from the message is untrusted: control
 * characters go, so that no value can begin a line or a field of its own.
 */
export function foldValue(value: string): string {
  const words = value
    .slice(0, LONGEST_VALUE)
    // oxlint-disable-next-line no-control-regex
    .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ')
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => word.slice(0, LONGEST_WORD));
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > PREFERRED_LINE) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\r\n ');
}

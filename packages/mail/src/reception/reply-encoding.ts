import type { SmtpReply } from '@holdfast/application';

/** RFC 5321 §4.5.3.1.5: a reply line has at most 512 octets, its CRLF included. */
const LONGEST_TEXT = 512 - '250 2.999.999 \r\n'.length;

/** RFC 2034: exactly one enhanced code in each reply of class 2, 4 and 5; `354` and the greetings carry none. */
export function encodeReply({ code, enhanced, text }: SmtpReply): string {
  const detail = enhanced ?? generalCode(code);
  return detail === null
    ? `${code} ${plainText(text)}\r\n`
    : `${code} ${detail} ${plainText(text)}\r\n`;
}

/** Greetings, EHLO and `354`: lines without an enhanced code (RFC 2034 §4). */
export function encodeLines(code: number, lines: readonly string[]): string {
  const last = lines.length - 1;
  return lines
    .map((line, index) => `${code}${index === last ? ' ' : '-'}${plainText(line)}\r\n`)
    .join('');
}

function generalCode(code: number): string | null {
  const reportClass = Math.floor(code / 100);
  return reportClass === 2 || reportClass === 4 || reportClass === 5 ? `${reportClass}.0.0` : null;
}

/** Whatever a text is made of, it cannot begin a line of its own. */
function plainText(text: string): string {
  const plain = /^[\x20-\x7e]*$/.test(text) ? text : text.replace(/[^\x20-\x7e]/g, '?');
  return plain.length > LONGEST_TEXT ? plain.slice(0, LONGEST_TEXT) : plain;
}

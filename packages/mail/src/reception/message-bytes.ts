const LF = 0x0a;
const CR = 0x0d;
const CRLF = Buffer.from('\r\n');
/** Above it a message goes in circles (Postfix `hopcount_limit`). */
export const MAX_RECEIVED_FIELDS = 50;

export type NormalisedMessage =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  | { readonly kind: 'refused'; readonly reason: 'bare-cr' | 'nul' };

/**
 * Bare LF becomes CRLF and the last line gets its end, once and before anything else sees the bytes (signatures, filter,
 * spool). Bare CR and NUL are refused: what a receiver makes of them differs, and that is how SMTP smuggling works
 * (CVE-2023-51764 and following).
 */
export function normaliseMessage(raw: Buffer): NormalisedMessage {
  if (raw.includes(0)) return { kind: 'refused', reason: 'nul' };
  const pieces: Buffer[] = [];
  let start = 0;
  for (let index = 0; index < raw.length; index += 1) {
    const byte = raw[index];
    if (byte === CR && raw[index + 1] !== LF) return { kind: 'refused', reason: 'bare-cr' };
    if (byte === LF && (index === 0 || raw[index - 1] !== CR)) {
      pieces.push(raw.subarray(start, index), CRLF);
      start = index + 1;
    }
  }
  const endsWithCrlf = raw.length >= 2 && raw[raw.length - 1] === LF;
  if (pieces.length === 0 && endsWithCrlf) return { kind: 'message', bytes: raw };
  pieces.push(raw.subarray(start));
  if (raw[raw.length - 1] !== LF) pieces.push(CRLF);
  return { kind: 'message', bytes: Buffer.concat(pieces) };
}

/** Counts `Received` fields of the header; `bytes` has CRLF line ends. */
export function countReceivedFields(bytes: Buffer): number {
  const end = bytes.indexOf('\r\n\r\n');
  const header = bytes.subarray(0, end === -1 ? bytes.length : end).toString('latin1');
  return header.match(/^received[ \t]*:/gim)?.length ?? 0;
}

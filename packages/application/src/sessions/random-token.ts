import type { Identifiers } from '../ports/identifiers.ts';

/** Bytes of a session or link token: 256 bits, beyond guessing. */
const TOKEN_BYTES = 32;

/** A token for cookies and links: 64 hexadecimal digits. Only its hash is stored. */
export function randomToken(identifiers: Identifiers): string {
  const bytes = identifiers.bytes(TOKEN_BYTES);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
